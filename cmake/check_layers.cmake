# cmake -DROOT=FOLDER -P check_layers.cmake: checks who includes whom, in core/ and app/. Fails with
# every forbidden include, its place and the rule.
cmake_minimum_required(VERSION 3.25)
get_filename_component(ROOT "${ROOT}" ABSOLUTE)

# FOLDER: the prefixes that its files may include. The C++ standard library is always allowed.
set(ROOMS
  "core/tensor:  core/tensor/"
  "core/conv:    core/tensor/ core/conv/ hwy/ tbb/"
  "core/lesson:  core/tensor/ core/conv/ core/lesson/ nlohmann/"
  "core/import:  core/tensor/ core/conv/ core/lesson/ core/import/ nlohmann/ zlib.h"
  "core/code:    core/tensor/ core/conv/ core/lesson/ core/import/ core/code/"
  "core/session: core/tensor/ core/conv/ core/lesson/ core/quiz/ core/session/ nlohmann/"
  "core/derive:  core/tensor/ core/conv/ core/lesson/ core/derive/"
  "core/quiz:    core/tensor/ core/conv/ core/lesson/ core/quiz/ nlohmann/"
  "core/picture: core/tensor/ core/conv/ core/lesson/ core/quiz/ core/session/ core/derive/ core/picture/ nlohmann/ stb_"
  "core/handout: core/tensor/ core/conv/ core/lesson/ core/quiz/ core/session/ core/derive/ core/picture/ core/handout/"
  "app/files:    core/ app/files/ stb_ webp/ cairo ft2build.h nlohmann/ fcntl.h unistd.h sys/ io.h"
  "app/paint:    core/ app/files/ app/paint/ glad/ EGL/ stb_"
  "app/panels:   core/ app/panels/ imgui"
  "app/window:   core/ app/files/ app/paint/ app/panels/ app/window/ GLFW/ glad/ imgui dlfcn.h fcntl.h unistd.h"
  "app/cli:      core/ app/files/ app/paint/ app/panels/ app/window/ app/cli/ CLI/ nlohmann/"
  "app:          core/ app/")

# Standard headers that core may not use: no files, no clock, no console.
set(NOT_IN_CORE filesystem fstream chrono iostream)

# Headers that only one file may include, so that the library can be replaced there.
set(ONCE GLFW/ EGL/ tbb/ zlib.h webp/ cairo-pdf.h ft2build.h)

# Only a file with this in its name may ask for the version of Dear ImGui.
set(IMGUI_SHIM "imgui_shim")

function(report file text rule)
  file(READ ${ROOT}/${file} content)
  string(FIND "${content}" "${text}" at)
  string(SUBSTRING "${content}" 0 ${at} before)
  string(REGEX REPLACE "[^\n]" "" newlines "${before}")
  string(LENGTH "${newlines}" line)
  math(EXPR line "${line} + 1")
  set_property(GLOBAL APPEND_STRING PROPERTY FAULTS "${file}:${line}: ${text}\n    ${rule}\n")
endfunction()

# The prefixes that the folder of `file` may include.
function(find_room file)
  foreach(row IN LISTS ROOMS)
    string(REGEX MATCH "^([^:]+): *(.*)$" _ "${row}")
    set(room ${CMAKE_MATCH_1})
    set(allowed "${CMAKE_MATCH_2}")
    if(file MATCHES "^${room}/")
      set(room ${room} PARENT_SCOPE)
      string(REPLACE " " ";" allowed "${allowed}")
      set(allowed ${allowed} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(room "" PARENT_SCOPE)
endfunction()

function(check_include file line)
  string(REGEX MATCH "#[ \t]*include[ \t]*[<\"]([^>\"]+)[>\"]" text "${line}")
  set(name "${CMAKE_MATCH_1}")
  if(name MATCHES "^[a-z_0-9]+$")
    if(file MATCHES "^core/" AND name IN_LIST NOT_IN_CORE)
      report(${file} "${text}" "core has no files, clock or console: <${name}> is for app")
    endif()
    return()
  endif()
  foreach(start IN LISTS allowed)
    string(FIND "${name}" "${start}" at)
    if(at EQUAL 0)
      return()
    endif()
  endforeach()
  string(REPLACE ";" ", " list "${allowed}")
  report(${file} "${text}" "${room} may include only: ${list}")
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/core/*.h ${ROOT}/core/*.cpp ${ROOT}/app/*.h
     ${ROOT}/app/*.cpp)
list(SORT files)
foreach(file IN LISTS files)
  find_room(${file})
  if(NOT room)
    set_property(GLOBAL APPEND_STRING PROPERTY FAULTS
      "${file}:1: belongs to no room\n    cmake/check_layers.cmake names the rooms\n")
    continue()
  endif()
  file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include|IMGUI_VERSION_NUM")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*[<\"]")
      check_include(${file} "${line}")
    elseif(line MATCHES "IMGUI_VERSION_NUM" AND NOT file MATCHES "${IMGUI_SHIM}")
      report(${file} "IMGUI_VERSION_NUM" "only *${IMGUI_SHIM}* tells Dear ImGui's versions apart")
    endif()
    foreach(start IN LISTS ONCE)
      if(line MATCHES "include[ \t]*<(${start}[^>]*)>")
        list(APPEND users_of_${start} ${file})
        set(text_of_${start} "<${CMAKE_MATCH_1}>")
        list(REMOVE_DUPLICATES users_of_${start})
      endif()
    endforeach()
  endforeach()
endforeach()

foreach(start IN LISTS ONCE)
  list(LENGTH users_of_${start} count)
  if(count GREATER 1)
    list(GET users_of_${start} -1 last)
    string(REPLACE ";" ", " list "${users_of_${start}}")
    report(${last} "<${start}" "only one file may include ${start}; here are ${list}")
  endif()
endforeach()

get_property(faults GLOBAL PROPERTY FAULTS)
if(faults)
  message(NOTICE "${faults}")
  message(FATAL_ERROR "Forbidden includes, listed above")
endif()

# cmake -DROOT=FOLDER -P check_names.cmake: checks that every folder of core/ and app/ has its own
# namespace, and that no type is defined twice in it (the linker would silently keep one of the
# two). Relies on clang-format: the contents of a namespace are not indented.
cmake_minimum_required(VERSION 3.25)
get_filename_component(ROOT "${ROOT}" ABSOLUTE)

# FOLDER: its namespace within convscope. A folder that is not listed belongs to its parent folder.
set(NAMESPACES
  "core/tensor:"
  "core/conv:conv"
  "core/conv/rungs:conv::rungs"
  "core/lesson:lesson"
  "core/import:imports"
  "core/code:code"
  "core/session:session"
  "core/session/action:session::action"
  "core/derive:derive"
  "core/quiz:quiz"
  "core/picture:picture"
  "core/picture/asked:picture::asked"
  "core/picture/beside:picture::beside"
  "core/picture/coverage:picture::coverage"
  "core/picture/descent:picture::descent"
  "core/picture/flat:picture::flat"
  "core/picture/kit:picture::kit"
  "core/picture/matrix:picture::matrix"
  "core/picture/neuron:picture::neuron"
  "core/picture/raster:picture::raster"
  "core/picture/receptive_field:picture::receptive_field"
  "core/picture/stamp:picture::stamp"
  "core/picture/step:picture::step"
  "core/picture/strip:picture::strip"
  "core/picture/sum:picture::sum"
  "core/picture/svg:picture::svg"
  "core/picture/tikz:picture::tikz"
  "core/picture/volume:picture::volume"
  "core/picture/words:picture::words"
  "core/handout:handout"
  "app/cli:cli"
  "app/files:files"
  "app/paint:paint"
  "app/panels:panels"
  "app/panels/widgets:panels::widgets"
  "app/window:window")

function(report fault)
  set_property(GLOBAL APPEND_STRING PROPERTY FAULTS "${fault}\n")
endfunction()

function(find_namespace file)
  get_filename_component(folder ${file} DIRECTORY)
  while(folder)
    foreach(row IN LISTS NAMESPACES)
      if(row MATCHES "^${folder}:(.*)$")
        set(expected "convscope" PARENT_SCOPE)
        if(CMAKE_MATCH_1)
          set(expected "convscope::${CMAKE_MATCH_1}" PARENT_SCOPE)
        endif()
        return()
      endif()
    endforeach()
    get_filename_component(folder "${folder}" DIRECTORY)
  endwhile()
  set(expected "" PARENT_SCOPE)
endfunction()

function(check_file file)
  find_namespace(${file})
  if(NOT expected)
    report("${file}:1: no namespace is named for its folder in cmake/check_names.cmake")
    return()
  endif()
  file(STRINGS ${ROOT}/${file} lines REGEX
       "^(inline )?namespace |^}  // namespace|^(struct|class|enum class|union) [A-Z][A-Za-z0-9]*")
  set(spaces "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^(inline )?namespace ([A-Za-z_:]+) {")
      set(name ${CMAKE_MATCH_2})
      if(NOT spaces AND NOT name MATCHES "^${expected}(::HWY_NAMESPACE)?$")
        report("${file}: namespace ${name}, but its folder's is ${expected}")
      endif()
      list(APPEND spaces ${name})
    elseif(line MATCHES "^namespace {")
      list(APPEND spaces "anonymous")
    elseif(line MATCHES "^namespace [a-z_]+ =")
      continue()
    elseif(line MATCHES "^}  // namespace")
      list(POP_BACK spaces)
    elseif(line MATCHES "^(struct|class|enum class|union) ([A-Z][A-Za-z0-9]*)( final)?( : [^;]*)? {" AND spaces
           AND NOT "anonymous" IN_LIST spaces)
      string(REPLACE ";" "::" place "${spaces}")
      string(REPLACE ":" "_" key "${place}::${CMAKE_MATCH_2}")
      get_property(other GLOBAL PROPERTY TYPE_${key})
      if(other AND NOT other STREQUAL file)
        report("${file}: ${place}::${CMAKE_MATCH_2} is defined in ${other} too")
      endif()
      set_property(GLOBAL PROPERTY TYPE_${key} ${file})
    endif()
  endforeach()
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/core/*.h ${ROOT}/core/*.cpp ${ROOT}/app/*.h
     ${ROOT}/app/*.cpp)
list(REMOVE_ITEM files app/main.cpp)
list(SORT files)
foreach(file IN LISTS files)
  check_file(${file})
endforeach()

get_property(faults GLOBAL PROPERTY FAULTS)
if(faults)
  message(NOTICE "${faults}")
  message(FATAL_ERROR "Namespaces and types, listed above")
endif()

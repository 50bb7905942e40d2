# convscope_room(NAME FOLDER [LINKS...]): one static library per folder, so that it can only link to
# the libraries that it may use. Warnings are enabled for our code; third-party headers are SYSTEM.
function(convscope_options target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  # Most of the compile time of a small file is spent on standard headers. With a compiler launcher
  # (ccache) there is no precompiled header: ccache works better without one, and such builds detect
  # missing includes.
  if(CONVSCOPE_UNITY AND NOT target MATCHES "convscope_(conv|tensor|import|code|files)$|import_tests|code_tests")
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cmath> <cstdint> <functional>
      <memory> <optional> <span> <string> <string_view> <utility> <variant> <vector>)
  endif()
  if(CONVSCOPE_UNITY AND NOT target MATCHES "convscope_(conv|tensor|import|code|files)$|import_tests|code_tests")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # A class in a .cpp file may have members of types in its anonymous namespace; unity builds
    # include that file.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${CONVSCOPE_WERROR}>:/WX>)
  else()
    # GCC 12 reports overlaps in "a" + std::to_string(b) that don't exist (GCC bug 105651); with
    # -O3 also sizes beyond memory.
    # Sizes and indices have 64 bits in our code; those of WebAssembly's memory have 32.
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion
                                             $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                                             "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-stringop-overflow;-Wno-array-bounds>"
                                             $<$<BOOL:${EMSCRIPTEN}>:-Wno-shorten-64-to-32>
                                             $<$<BOOL:${CONVSCOPE_WERROR}>:-Werror>)
  endif()
  if(CONVSCOPE_SANITIZE)
    # The checks excluded by -fno-sanitize triple the build time, and find little that the address
    # sanitizer doesn't.
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined
      -fno-sanitize=null,vptr,alignment,object-size -fno-sanitize-recover=all
      -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined -rdynamic)
  endif()
endfunction()

function(convscope_room name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)
    return()
  endif()
  add_library(${name} STATIC ${sources})
  convscope_options(${name})
  target_link_libraries(${name} PUBLIC ${ARGN})
endfunction()

# convscope_alone(FOLDER): excludes its files from unity builds, as they use the same names
# internally.
function(convscope_alone folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
  set_source_files_properties(${sources} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# The engine for WebAssembly, with Emscripten 3.1.6 or newer: 128-bit vectors, one thread; its programs
# run under node, with its files. What Dependencies.cmake is elsewhere.
find_package(Threads REQUIRED) # Emscripten's serial stand-in

# The headers of the host's packages that need no library, in a folder of their own: beside them in
# /usr/include are those of the host's C library.
set(host_headers ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${host_headers})
foreach(package hwy nlohmann)
  find_path(${package}_parent ${package} PATHS /usr/include /usr/local/include REQUIRED
    NO_CMAKE_FIND_ROOT_PATH)
  file(CREATE_LINK ${${package}_parent}/${package} ${host_headers}/${package} SYMBOLIC)
endforeach()
add_library(hwy INTERFACE IMPORTED)
target_include_directories(hwy SYSTEM INTERFACE ${host_headers})
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE ${host_headers})

# The engine's own exceptions (-fwasm-exceptions): with those of -fexceptions every call that may throw
# passes through JavaScript, which takes longer than a tile of a small layer.
add_compile_options(-msimd128 -fwasm-exceptions)
add_link_options(-fwasm-exceptions -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
                 -sMAXIMUM_MEMORY=4GB -sINITIAL_MEMORY=64MB)

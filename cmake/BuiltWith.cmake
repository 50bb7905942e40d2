# What `convscope --version` reports: PROJECT_VERSION, the compiler, and the version of each library
# that provides it.
set(built_with "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}, ${CMAKE_BUILD_TYPE}, ${CMAKE_SYSTEM_NAME} ${CMAKE_SYSTEM_PROCESSOR}")
foreach(library
    "Dear ImGui:IMGUI_VERSION" "GLFW:glfw3_VERSION" "Highway:HWY_VERSION" "oneTBB:TBB_VERSION"
    "nlohmann/json:nlohmann_json_VERSION" "CLI11:CLI11_VERSION" "libwebp:WEBP_libwebp_VERSION" "Cairo:CAIRO_cairo-pdf_VERSION" "zlib:ZLIB_VERSION_STRING")
  string(REGEX MATCH "^(.*):(.*)$" ignored "${library}")
  if(${CMAKE_MATCH_2})
    string(APPEND built_with "\\n${CMAKE_MATCH_1} ${${CMAKE_MATCH_2}}")
  endif()
endforeach()
set_source_files_properties(cli/version.cpp PROPERTIES COMPILE_DEFINITIONS
  "CONVSCOPE_VERSION=\"${PROJECT_VERSION}\";CONVSCOPE_BUILT_WITH=\"${built_with}\"")

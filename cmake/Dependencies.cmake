# Third-party libraries, each as one imported target whose headers are SYSTEM.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
add_library(hwy INTERFACE IMPORTED)
target_link_libraries(hwy INTERFACE PkgConfig::HWY)
find_package(TBB QUIET) # without it, large layers use plain threads
find_package(glfw3 3.3 REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp libwebpmux)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo-pdf cairo-ft freetype2)
find_package(ZLIB REQUIRED)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  find_package(OpenGL REQUIRED COMPONENTS EGL) # pictures without a display
endif()

find_path(STB_INCLUDE_DIR stb_image.h PATH_SUFFIXES stb REQUIRED)
add_library(stb INTERFACE IMPORTED)
target_include_directories(stb SYSTEM INTERFACE ${STB_INCLUDE_DIR})

# Dear ImGui: Debian's package (pkg-config), or a source tree.
set(IMGUI_SRC_DIR "" CACHE PATH "A Dear ImGui source tree, 1.86 to 1.92; empty: the installed package")
if(IMGUI_SRC_DIR)
  add_library(imgui STATIC
    ${IMGUI_SRC_DIR}/imgui.cpp ${IMGUI_SRC_DIR}/imgui_draw.cpp ${IMGUI_SRC_DIR}/imgui_tables.cpp
    ${IMGUI_SRC_DIR}/imgui_widgets.cpp ${IMGUI_SRC_DIR}/backends/imgui_impl_glfw.cpp
    ${IMGUI_SRC_DIR}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(imgui SYSTEM PUBLIC ${IMGUI_SRC_DIR} ${IMGUI_SRC_DIR}/backends)
  target_link_libraries(imgui PUBLIC glfw ${CMAKE_DL_LIBS})
else()
  pkg_check_modules(IMGUI REQUIRED IMPORTED_TARGET imgui)
  find_path(IMGUI_INCLUDE_DIR imgui.h PATH_SUFFIXES imgui REQUIRED)
  add_library(imgui INTERFACE IMPORTED)
  target_include_directories(imgui SYSTEM INTERFACE ${IMGUI_INCLUDE_DIR} ${IMGUI_INCLUDE_DIR}/backends)
  # Few systems have a shared stb, so the static one is used if it exists.
  find_library(STB_STATIC_LIBRARY libstb.a)
  if(STB_STATIC_LIBRARY)
    get_target_property(libraries PkgConfig::IMGUI INTERFACE_LINK_LIBRARIES)
    list(TRANSFORM libraries REPLACE "^.*/libstb\\.so$" "${STB_STATIC_LIBRARY}")
    set_target_properties(PkgConfig::IMGUI PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
  endif()
  target_link_libraries(imgui INTERFACE PkgConfig::IMGUI glfw ${CMAKE_DL_LIBS})
endif()

# glad 2 generates the loader here; --reproducible keeps it from downloading the specification.
find_program(GLAD_PROGRAM glad REQUIRED)
set(GLAD_DIR ${CMAKE_BINARY_DIR}/glad)
add_custom_command(
  OUTPUT ${GLAD_DIR}/src/gl.c ${GLAD_DIR}/include/glad/gl.h
  COMMAND ${GLAD_PROGRAM} --api gl:core=3.3 --extensions= --reproducible --quiet
          --out-path ${GLAD_DIR} c
  COMMENT "Generating the OpenGL loader" VERBATIM)
add_library(glad STATIC ${GLAD_DIR}/src/gl.c)
target_include_directories(glad SYSTEM PUBLIC ${GLAD_DIR}/include)

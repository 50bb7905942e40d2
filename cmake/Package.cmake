# cpack makes a Debian package or, with CONVSCOPE_PORTABLE, a tar archive that contains its
# libraries and runs anywhere. `./dev package` makes both.
option(CONVSCOPE_PORTABLE "cpack makes the portable tar" OFF)

set(CPACK_PACKAGE_NAME convscope)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "The Convscope authors")
set(CPACK_PACKAGE_CONTACT "The Convscope authors <convscope@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "makes convolution visible, step by step")
set(description
"A filter slides over an image, every dot product is spelled out, padding
cells are drawn, and the feature map grows cell by cell. For students and
for lecturers: lessons, any image and any layer of one's own, pictures and
animations for slides.")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL program)

if(CONVSCOPE_PORTABLE)
  set(CPACK_GENERATOR TGZ)
  set(CPACK_PACKAGE_FILE_NAME convscope-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
  set_target_properties(convscope PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
  install(TARGETS convscope RUNTIME_DEPENDENCY_SET libraries COMPONENT program)
  # Except those of the display, GL and the compiler: drivers need the system's own.
  install(RUNTIME_DEPENDENCY_SET libraries DESTINATION lib COMPONENT program
    PRE_INCLUDE_REGEXES "^lib(glfw|tbb|hwy|stb|webp|webpmux|cairo|pixman-1|freetype|png16|brotlidec|brotlicommon)\\." PRE_EXCLUDE_REGEXES ".*")
  foreach(package libglfw3 libtbb12 libhwy1 libwebp7 libwebpmux3 libcairo2 libpixman-1-0 libfreetype6
          libpng16-16 libbrotli1)
    if(EXISTS /usr/share/doc/${package}/copyright)
      install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/libraries COMPONENT program)
    endif()
  endforeach()
else()
  set(CPACK_GENERATOR DEB)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_DEB_COMPONENT_INSTALL ON)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME convscope)
  set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "${description}")
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION education)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  # OpenGL is loaded at run time, so dpkg-shlibdeps doesn't find it.
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libgl1")
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "libgl1-mesa-dri")
endif()
include(CPack)

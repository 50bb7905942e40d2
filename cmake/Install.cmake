# cmake --install: the program with its menu entry, icons, lesson type, manual page and completions.
include(GNUInstallDirs)
set(desktop ${CMAKE_SOURCE_DIR}/assets/desktop)
set(id org.convscope.Convscope)

install(TARGETS convscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
if(NOT UNIX OR APPLE)
  return()
endif()

# install_gzipped(FILE FOLDER NAME): a file of ${made}, compressed without its timestamp.
find_program(GZIP_PROGRAM gzip REQUIRED)
function(install_gzipped file folder name)
  install(CODE "execute_process(COMMAND ${GZIP_PROGRAM} -9nkf ${file}
    WORKING_DIRECTORY \"${made}\" COMMAND_ERROR_IS_FATAL ANY)" COMPONENT program)
  install(FILES ${made}/${file}.gz DESTINATION ${folder} RENAME ${name} COMPONENT program)
endfunction()

# The program prints its own manual page and completions.
set(made ${CMAKE_BINARY_DIR}/installed)
file(MAKE_DIRECTORY ${made})
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "No manual page: a foreign program can't be run here")
else()
  add_custom_command(TARGET convscope POST_BUILD
    COMMAND convscope manual > ${made}/convscope.1
    COMMAND convscope completion bash > ${made}/convscope
    COMMAND convscope completion zsh > ${made}/_convscope
    COMMAND convscope completion fish > ${made}/convscope.fish
    COMMENT "Printing the manual page and the completions")
  install_gzipped(convscope.1 ${CMAKE_INSTALL_MANDIR}/man1 convscope.1.gz)
  install(FILES ${made}/convscope
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
  install(FILES ${made}/_convscope
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(FILES ${made}/convscope.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
endif()

configure_file(${desktop}/${id}.metainfo.xml.in ${made}/${id}.metainfo.xml @ONLY)
install(FILES ${desktop}/${id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
  COMPONENT program)
install(FILES ${made}/${id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
  COMPONENT program)
install(FILES ${desktop}/convscope-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages
  RENAME ${id}.xml COMPONENT program)
install(FILES ${desktop}/convscope.svg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT program)
foreach(size 16 22 24 32 48 64 128 256)
  install(FILES ${desktop}/icons/${size}.png RENAME convscope.png
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps COMPONENT program)
endforeach()
configure_file(${desktop}/changelog.in ${made}/changelog @ONLY)
install_gzipped(changelog ${CMAKE_INSTALL_DOCDIR} changelog.gz)
install(FILES ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
foreach(package fonts-inter fonts-jetbrains-mono fonts-dejavu-core)
  if(EXISTS /usr/share/doc/${package}/copyright)
    install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
      DESTINATION ${CMAKE_INSTALL_DOCDIR}/fonts COMPONENT program)
  endif()
endforeach()

# Checking who may include whom is a build step: it runs before the lowest library is built, and
# again only if a source has changed. The rules are in cmake/check_layers.cmake.
file(GLOB_RECURSE layered_sources CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/core/*.h ${CMAKE_SOURCE_DIR}/core/*.cpp
  ${CMAKE_SOURCE_DIR}/app/*.h ${CMAKE_SOURCE_DIR}/app/*.cpp)
set(layers_script ${CMAKE_SOURCE_DIR}/cmake/check_layers.cmake)
set(names_script ${CMAKE_SOURCE_DIR}/cmake/check_names.cmake)
set(layers_stamp ${CMAKE_BINARY_DIR}/layers.stamp)
add_custom_command(OUTPUT ${layers_stamp}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${layers_script}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${names_script}
  COMMAND ${CMAKE_COMMAND} -E touch ${layers_stamp}
  DEPENDS ${layers_script} ${names_script} ${layered_sources}
  COMMENT "Checking who includes whom, namespaces and types" VERBATIM)
add_custom_target(check_layers ALL DEPENDS ${layers_stamp})
add_dependencies(convscope_tensor check_layers)

# Tests that the check fails, once for every rule.
if(CONVSCOPE_TESTS)
  add_test(NAME layers.hold COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${layers_script})
  set(layers_faults
    "core/conv/looks_up.cpp:2: #include \"core/lesson/lesson.h\""
    "core/tensor/tells_time.cpp:1: #include <chrono>"
    "app/panels/draws_gl.cpp:1: #include <glad/gl.h>"
    "app/panels/draws_gl.cpp:4: IMGUI_VERSION_NUM"
    "app/window/second_glfw.cpp:1: <GLFW/")
  add_test(NAME names.hold COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${names_script})
  set(names_faults
    "core/conv/twice_b.cpp: convscope::conv::Twice is defined in core/conv/twice_a.cpp too"
    "core/conv/elsewhere.cpp: namespace convscope::lesson, but its folder's is convscope::conv")
  set(index 0)
  foreach(fault IN LISTS names_faults)
    math(EXPR index "${index} + 1")
    string(REGEX REPLACE "([.*+?()|^$])" "\\\\\\1" pattern "${fault}")
    add_test(NAME names.notices_fault_${index}
             COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR}/tests/layers/bad -P ${names_script})
    set_tests_properties(names.notices_fault_${index} PROPERTIES PASS_REGULAR_EXPRESSION "${pattern}")
  endforeach()
  set(index 0)
  foreach(fault IN LISTS layers_faults)
    math(EXPR index "${index} + 1")
    string(REGEX REPLACE "([.*+?()|^$])" "\\\\\\1" pattern "${fault}")
    add_test(NAME layers.notices_fault_${index}
             COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR}/tests/layers/bad -P ${layers_script})
    set_tests_properties(layers.notices_fault_${index} PROPERTIES PASS_REGULAR_EXPRESSION "${pattern}")
  endforeach()
endif()

# What `cmake --install` puts where, and what `./dev package` makes of it: pflowc with the target of
# this machine, and a package for each other target that was built (`./dev target`).
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # packing builds nothing
install(TARGETS pflowc RUNTIME DESTINATION bin COMPONENT pflowc)
install(DIRECTORY ${PFLOW_LIB_DIR} DESTINATION lib/pflow COMPONENT pflowc)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/pflow DESTINATION share COMPONENT pflowc)
install(FILES README.md DESTINATION share/doc/pflowc COMPONENT pflowc)
install(FILES LICENSE DESTINATION share/doc/pflowc COMPONENT pflowc RENAME copyright)

# Texts that pflowc prints of itself: where they go, and by which words it prints them.
set(printed
  "share/bash-completion/completions/pflowc\;completions\;bash"
  "share/zsh/vendor-completions/_pflowc\;completions\;zsh"
  "share/fish/vendor_completions.d/pflowc.fish\;completions\;fish"
  "share/man/man1/pflowc.1\;help\;--man")
foreach(row IN LISTS printed)
  list(POP_FRONT row path)
  set(text ${CMAKE_BINARY_DIR}/printed/${path})
  get_filename_component(folder ${text} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${text} COMMAND pflowc ${row} > ${text}.new
                     COMMAND ${CMAKE_COMMAND} -E rename ${text}.new ${text} DEPENDS pflowc VERBATIM)
  list(APPEND texts ${text})
endforeach()
add_custom_target(pflow_printed ALL DEPENDS ${texts})
install(DIRECTORY ${CMAKE_BINARY_DIR}/printed/share DESTINATION . COMPONENT pflowc)

# The licences of what executables have in them of others.
foreach(package libuv1 libboost-json1.81 libre2 libsqlite3 libyaml libssl
                libstdc++-12 libc6 zlib1g)
  install(FILES /usr/share/doc/${package}-dev/copyright DESTINATION share/doc/pflowc/licences
          RENAME ${package} COMPONENT pflowc OPTIONAL)
endforeach()
foreach(package curl nghttp2)
  install(FILES ${PFLOW_SYSROOT}/built/${package}.copyright DESTINATION share/doc/pflowc/licences
          RENAME ${package} COMPONENT pflowc)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "pflow <pflow@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compiler of flow programs to native executables")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PFLOWC_PACKAGE_NAME pflowc)
set(CPACK_DEBIAN_PFLOWC_PACKAGE_DEPENDS "libc6 (>= ${PFLOW_GLIBC})")
set(CPACK_DEBIAN_PFLOWC_PACKAGE_SUGGESTS ca-certificates)
set(CPACK_COMPONENTS_ALL pflowc)

file(GLOB toolchains ${CMAKE_SOURCE_DIR}/cmake/*-linux-gnu.cmake)
foreach(toolchain ${toolchains})
  get_filename_component(triple ${toolchain} NAME_WE)
  set(component target-${triple})
  string(TOUPPER ${component} upper)
  install(DIRECTORY ${CMAKE_BINARY_DIR}/lib/pflow/${triple} DESTINATION lib/pflow
          COMPONENT ${component} OPTIONAL)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME pflowc-${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_ARCHITECTURE all)
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS pflowc)
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "what pflowc links for ${triple}")
  list(APPEND CPACK_COMPONENTS_ALL ${component})
endforeach()
include(CPack)

# What stands for the C library in executables: dynamic/ for those that use the machine's own, from
# glibc PFLOW_GLIBC on, static/ for those that have it in them.
add_library(pf_start OBJECT src/platform/start.c)
add_library(pf_host_names OBJECT src/platform/static/host_names.c)
file(GLOB platform_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/platform/*.c)
list(FILTER platform_sources EXCLUDE REGEX "/start\\.c$")
add_library(pf_platform STATIC ${platform_sources})
set_target_properties(pf_platform PROPERTIES ARCHIVE_OUTPUT_DIRECTORY ${PFLOW_LIB_DIR}/dynamic)
foreach(part pf_start pf_host_names pf_platform)
  target_compile_definitions(${part} PRIVATE _GNU_SOURCE)
  target_compile_options(${part} PRIVATE ${PFLOW_WARNINGS} -O2 -fno-builtin -fno-sanitize=all
    -ffunction-sections -fvisibility=hidden)
endforeach()

set(start ${PFLOW_LIB_DIR}/dynamic/start.o)
set(host_names ${PFLOW_LIB_DIR}/static/host_names.o)
foreach(object start host_names)
  add_custom_command(
    OUTPUT ${${object}}
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_OBJECTS:pf_${object}> ${${object}}
    DEPENDS pf_${object} $<TARGET_OBJECTS:pf_${object}>
    VERBATIM)
endforeach()

set(make_stubs ${CMAKE_SOURCE_DIR}/scripts/link_stubs.py)
set(stubs libc.so.6 libm.so.6 libpthread.so.0 libdl.so.2 librt.so.1 libresolv.so.2)
list(TRANSFORM stubs PREPEND ${PFLOW_LIB_DIR}/dynamic/)
add_custom_command(
  OUTPUT ${stubs}
  COMMAND ${Python3_EXECUTABLE} ${make_stubs} ${CMAKE_SYSROOT}/lib/${PFLOW_TRIPLE}
          ${PFLOW_LIB_DIR}/dynamic --triple ${PFLOW_TRIPLE} --newest ${PFLOW_GLIBC}
  DEPENDS ${make_stubs}
  VERBATIM)
add_custom_target(pflow_c_library ALL DEPENDS pf_platform ${start} ${host_names} ${stubs})

if(NOT PFLOW_SANITIZE)
  pflow_compiler_files(static_files crt1.o crti.o crtn.o)
  pflow_compiler_files(libc libc.a)
  file(COPY ${static_files} DESTINATION ${PFLOW_LIB_DIR}/static)
  # On x86-64, libm.a is a script that names this one.
  get_filename_component(folder ${libc} DIRECTORY)
  file(GLOB libm ${folder}/libm-*.a)
  if(NOT libm)
    set(libm ${folder}/libm.a)
  endif()
  configure_file(${libm} ${PFLOW_LIB_DIR}/static/libm.a COPYONLY)
  pflow_copy_c(${libc} ${PFLOW_LIB_DIR}/static/libc.a)
endif()

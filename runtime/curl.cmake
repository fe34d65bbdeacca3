# libcurl and what it needs, as executables have it.

# The client has one of these two.
pf_archive(pf_curl http/bundled)
pf_archive(pf_shared_curl http/shared)
foreach(archive pf_http pf_curl pf_shared_curl pf_cassettes)
  target_include_directories(${archive} SYSTEM PUBLIC ${PFLOW_SYSROOT}/built/include)
endforeach()
target_link_libraries(pf_curl INTERFACE ${PFLOW_curl} ${PFLOW_nghttp2} ${PFLOW_ssl} ${PFLOW_crypto}
                                        ${PFLOW_z} Threads::Threads dl)

# What executables link is one object with all of these but zlib and nghttp2, which others link, too.
set_target_properties(pf_curl PROPERTIES ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
set(bundled ${PFLOW_LIB_DIR}/libpf_curl.a)
set(prelink ${CMAKE_SOURCE_DIR}/scripts/prelink.py)
list(TRANSFORM bundled_libraries REPLACE "(.+)" ${CMAKE_CURRENT_BINARY_DIR}/bundled/lib\\1.a OUTPUT_VARIABLE bundled_archives)
add_custom_command(
  OUTPUT ${bundled}
  COMMAND ${Python3_EXECUTABLE} ${prelink} ${bundled} --triple ${PFLOW_TRIPLE}
          --keep _ZN5pflow9load_curlEv $<TARGET_OBJECTS:pf_curl> ${bundled_archives}
  DEPENDS ${prelink} pf_curl $<TARGET_OBJECTS:pf_curl> ${bundled_archives}
  VERBATIM COMMAND_EXPAND_LISTS)

# What is started where pflowc is installed loads all of that from there.
set(started)
if(PFLOW_PFLOWC STREQUAL "pflowc")
  add_library(pf_started OBJECT src/http/started/no_machine_config.cpp)
  target_link_libraries(pf_started PRIVATE pf_options)
  set(started ${PFLOW_LIB_DIR}/started/libcurl.so.4)
  set(exported ${CMAKE_CURRENT_SOURCE_DIR}/src/http/started/exported.map)
  list(POP_FRONT bundled_archives curl_archive)
  add_custom_command(
    OUTPUT ${started}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PFLOW_LIB_DIR}/started
    COMMAND ${LLVM_ROOT}/bin/ld.lld -shared -soname libcurl.so.4 --version-script=${exported} --gc-sections
            -z relro --hash-style=gnu -u SSL_get0_alpn_selected -o ${started} $<TARGET_OBJECTS:pf_started>
            --whole-archive ${curl_archive} --no-whole-archive ${bundled_archives} ${PFLOW_LIB_DIR}/libnghttp2.a
            ${PFLOW_LIB_DIR}/libz.a
            -L${PFLOW_LIB_DIR}/dynamic -lc -lpthread -ldl $<TARGET_FILE:pf_platform>
    DEPENDS ${exported} pf_started $<TARGET_OBJECTS:pf_started> ${curl_archive} ${bundled_archives}
            pflow_c_library
    VERBATIM COMMAND_EXPAND_LISTS)
endif()
add_custom_target(pflow_curl ALL DEPENDS ${bundled} ${started} pf_shared_curl)

/// libcurl's functions: those in the executable (bundled/), or those of the machine's own library
/// (shared/), loaded when the first request needs it with the forty libraries that it brings.
#pragma once

#include <curl/curl.h>

namespace pflow {

// clang-format off
#define PF_CURL_FUNCTIONS(X)                                                     \
  X(global_init_mem) X(version_info)                                             \
  X(easy_init) X(easy_setopt) X(easy_getinfo) X(easy_cleanup)       \
  X(easy_strerror) X(easy_pause)                                                 \
  X(slist_append) X(slist_free_all) X(free) X(getdate)                            \
  X(url) X(url_set) X(url_get) X(url_cleanup) X(url_strerror)                     \
  X(multi_init) X(multi_setopt) X(multi_add_handle) X(multi_remove_handle)       \
  X(multi_info_read) X(multi_socket_action) X(multi_assign)
// clang-format on

/// `g_curl.easy_init()` is curl_easy_init, once load_curl() has returned null.
struct CurlLibrary {
#define PF_MEMBER(name) decltype(&curl_##name) name;
  PF_CURL_FUNCTIONS(PF_MEMBER)
#undef PF_MEMBER
};
extern CurlLibrary g_curl;

/// SSL_get0_alpn_selected of the library that libcurl does TLS with: what client and server have
/// agreed on. Null when that is another than OpenSSL.
extern void (*tls_protocol)(const void* session, const unsigned char** name, unsigned* len);

/// Null when the functions are there, else why they are not. Later calls repeat what
/// the first one found. Of bundled/ or shared/, whichever the executable has.
const char* load_curl();

}  // namespace pflow

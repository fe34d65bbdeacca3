#include "runtime/src/http/certificates.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/src/http/curl_library.h"
#include "runtime/src/values/buffer.h"

namespace pflow {
namespace {

struct Certificates {
  bool known;
  const char* file;
  const char* folders;  ///< one or more, with a colon between
  char problem[600];
};
Certificates g_certificates;

const char* variable(const char* name) {
  const char* text = getenv(name);
  return text && *text ? text : nullptr;
}

bool fail(const char* name, const char* path, const char* why) {
  snprintf(g_certificates.problem, sizeof g_certificates.problem, "`%s` is `%.300s`: %s", name,
           path, why);
  return false;
}

bool is_folder(const char* path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/// Whether a line of the file begins a certificate (RFC 7468, and OpenSSL's own labels).
bool holds_certificate(FILE* file) {
  constexpr const char* kBegins[] = {"-----BEGIN CERTIFICATE-----",
                                     "-----BEGIN TRUSTED CERTIFICATE-----",
                                     "-----BEGIN X509 CERTIFICATE-----"};
  char line[256];
  while (fgets(line, sizeof line, file))
    for (const char* begin : kBegins)
      if (strncmp(line, begin, strlen(begin)) == 0) return true;
  return false;
}

bool check_file(const char* name, const char* path) {
  if (is_folder(path)) return fail(name, path, "a folder, where a file is expected");
  FILE* file = fopen(path, "re");
  if (!file) return fail(name, path, strerror(errno));
  bool found = holds_certificate(file);
  fclose(file);
  return found || fail(name, path, "the file holds no certificate in PEM");
}

/// As OpenSSL looks for them: `0a1b2c3d.0`.
bool is_hash_name(const char* name) {
  size_t digits = strspn(name, "0123456789abcdef");
  return digits == 8 && name[8] == '.' && isdigit(static_cast<unsigned char>(name[9]));
}

/// With errno 0 when it is no more than that.
bool holds_hash_names(const char* path) {
  DIR* folder = opendir(path);
  if (!folder) return false;
  bool found = false;
  while (const dirent* entry = readdir(folder)) found = found || is_hash_name(entry->d_name);
  closedir(folder);
  errno = 0;
  return found;
}

bool check_folder(const char* name, const char* path) {
  return holds_hash_names(path) ||
         fail(name, path,
              errno != 0 ? strerror(errno)
                         : "no certificate has its hash as name there; run `openssl rehash` on it");
}

bool check_folders(const char* name, const char* list) {
  rt::Buffer one;
  for (const char* at = list; *at;) {
    size_t len = strcspn(at, ":");
    one.clear();
    one.add(at, len);
    if (len != 0 && !check_folder(name, one.c_str())) return false;
    at += at[len] ? len + 1 : len;
  }
  return true;
}

/// In the order of the program `curl`.
void find_named() {
  if (const char* bundle = variable("CURL_CA_BUNDLE")) {
    g_certificates.file = bundle;
    check_file("CURL_CA_BUNDLE", bundle);
    return;
  }
  g_certificates.folders = variable("SSL_CERT_DIR");
  g_certificates.file = variable("SSL_CERT_FILE");
  if (g_certificates.folders && !check_folders("SSL_CERT_DIR", g_certificates.folders)) return;
  if (g_certificates.file) check_file("SSL_CERT_FILE", g_certificates.file);
}

// Where distributions keep the certificates of authorities.
constexpr const char* kFiles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",                   // RHEL, Fedora
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // newer ones of these
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/etc/ssl/cert.pem",                                  // Alpine
};
constexpr const char* kFolders[] = {"/etc/ssl/certs", "/etc/pki/tls/certs"};

void find_of_the_system() {
  for (const char* file : kFiles) {
    if (access(file, R_OK) != 0) continue;
    g_certificates.file = file;
    return;
  }
  for (const char* folder : kFolders) {
    if (!holds_hash_names(folder)) continue;
    g_certificates.folders = folder;
    return;
  }
  snprintf(g_certificates.problem, sizeof g_certificates.problem,
           "this machine has no certificates of authorities, which HTTPS needs; install "
           "`ca-certificates`, or name a file in PEM with SSL_CERT_FILE");
}

void find_certificates() {
  if (g_certificates.known) return;
  g_certificates.known = true;
  find_named();
  if (!g_certificates.file && !g_certificates.folders) find_of_the_system();
}

}  // namespace

const char* certificates_problem() {
  find_certificates();
  return g_certificates.problem[0] ? g_certificates.problem : nullptr;
}

/// Either a file or folders, where it can be: libcurl keeps what it has read of a file only
/// when there is no folder, and reads the system's for 40 ms a connection else.
void set_certificates(CURL* easy) {
  find_certificates();
  const Certificates& named = g_certificates;
  g_curl.easy_setopt(easy, CURLOPT_CAINFO, named.file);
  g_curl.easy_setopt(easy, CURLOPT_CAPATH, named.folders);
  g_curl.easy_setopt(easy, CURLOPT_PROXY_CAINFO, named.file);
  g_curl.easy_setopt(easy, CURLOPT_PROXY_CAPATH, named.folders);
}

}  // namespace pflow

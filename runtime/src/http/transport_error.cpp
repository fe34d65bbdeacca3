#include "runtime/src/http/transport_error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/proxy.h"

namespace pflow {
namespace {

/// Results of OpenSSL's check of a chain (X509_V_ERR_…).
enum Verified : long {
  kMatches = 0,
  kNotLookedAt = 1,
  kIssuerMissing = 2,
  kNotYetValid = 9,
  kExpired = 10,
  kSelfSigned = 18,
  kSelfSignedInChain = 19,
  kIssuerUnknown = 20,
  kFirstUnverified = 21,
};

constexpr const char* kTrustHelp =
    "set SSL_CERT_FILE to a file with the certificate of its issuer, if you trust that one";
constexpr const char* kTimeHelp =
    "the server needs another certificate, or the clock of this machine is wrong";

long number(CURL* easy, CURLINFO info) {
  long value = 0;
  g_curl.easy_getinfo(easy, info, &value);
  return value;
}

/// One failed request: what is known of it, and the error in the making.
class Teller {
 public:
  Teller(const Address& address, TransportError& error)
      : host_(address.host()), port_(address.port()), proxy_(proxy_for(address)), error_(error) {}
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;
  ~Teller() {
    g_curl.free(host_);
    g_curl.free(port_);
  }

  [[nodiscard]] bool proxied() const { return proxy_.variable; }

  void tell(CURL* easy, CURLcode result, const char* said) {
    const char* text = *said ? said : g_curl.easy_strerror(result);
    if (long status = number(easy, CURLINFO_HTTP_CONNECTCODE); proxied() && status >= 300)
      return refuse(static_cast<int>(status));
    if (result == CURLE_PEER_FAILED_VERIFICATION) return tell_certificate(easy, text);
    if (result == CURLE_COULDNT_RESOLVE_HOST) return tell_unknown(host_);
    if (result == CURLE_COULDNT_RESOLVE_PROXY) return tell_unknown(nullptr);
    if (result == CURLE_COULDNT_CONNECT) return tell_unreached(easy, text);
    if (result == CURLE_SSL_CONNECT_ERROR) return tell_handshake(text);
    if (result == CURLE_OPERATION_TIMEDOUT) error_.kind = PF_E_TIMEOUT;
    if (result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL)
      error_.kind = PF_E_VALUE;
    error_.text.add(text);
    if (proxied()) {
      error_.text.add("; it went through ");
      add_proxy_name(error_.text, proxy_);
    }
  }

  /// What a proxy says of itself, and not of one try, stays.
  void refuse(int status) {
    add_proxy_name(error_.text, proxy_);
    error_.once = status < 500 && status != 408 && status != 429;
    if (status != kProxyWantsLogin)
      return error_.text.format(" refused the connection with HTTP %d", status);
    error_.kind = PF_E_CONFIG;
    bool named = strchr(proxy_.text, '@');
    error_.text.add(named ? " refused the user and password" : " wants a user and password");
    error_.text.add(" (HTTP 407)");
    error_.help.format("write them into `%s`: http://USER:PASSWORD@HOST:PORT", proxy_.variable);
  }

 private:
  void set_help(const char* help) { error_.help.add(help); }

  void tell_certificate(CURL* easy, const char* said) {
    long of_proxy = number(easy, CURLINFO_PROXY_SSL_VERIFYRESULT);
    bool is_proxys = proxied() && of_proxy != kMatches;
    long found = is_proxys ? of_proxy : number(easy, CURLINFO_SSL_VERIFYRESULT);
    error_.once = true;
    error_.text.add("the certificate of ");
    if (is_proxys)
      add_proxy_name(error_.text, proxy_);
    else
      error_.text.format("`%s`", host_);
    if (found == kExpired || found == kNotYetValid) {
      error_.text.add(found == kExpired ? " has expired" : " is not valid yet");
      return set_help(kTimeHelp);
    }
    // libcurl compares the name before it asks for the result.
    if (found == kMatches || found == kNotLookedAt) {
      error_.text.add(" is for another name");
      return set_help("ask for a name that stands in it, or give the server one with this name");
    }
    bool alone = found == kSelfSigned;
    bool unknown = found == kSelfSignedInChain || found == kIssuerUnknown ||
                   found == kFirstUnverified || found == kIssuerMissing;
    if (alone)
      error_.text.add(" is signed by nobody but itself");
    else if (unknown)
      error_.text.add(" is from an issuer that is not known here");
    else
      error_.text.format(" does not fit: %s", said);
    if (alone || unknown) set_help(kTrustHelp);
  }

  /// `host` is null for the proxy.
  void tell_unknown(const char* host) {
    if (host) return error_.text.format("the name `%s` has no address (DNS)", host);
    add_proxy_name(error_.text, proxy_);
    error_.text.add(" has no address (DNS)");
  }

  void tell_unreached(CURL* easy, const char* said) {
    error_.text.add("cannot connect to ");
    if (proxied())
      add_proxy_name(error_.text, proxy_);
    else
      error_.text.format("`%s`, port %s", host_, port_);
    long why = number(easy, CURLINFO_OS_ERRNO);
    error_.text.format(": %s", why ? strerror(static_cast<int>(why)) : said);
  }

  void tell_handshake(const char* said) {
    error_.text.format("no TLS with `%s`, port %s", host_, port_);
    if (proxied()) {
      error_.text.add(" or ");
      add_proxy_name(error_.text, proxy_);
    }
    error_.text.format(": %s", said);
    if (strstr(said, "wrong version number"))
      set_help("what answers there speaks no TLS: is the address one of http:// ?");
  }

  char* host_;
  char* port_;
  Proxy proxy_;
  TransportError& error_;
};

}  // namespace

bool tell_transport_error(CURL* easy, CURLcode result, const char* said, const Address& address,
                          TransportError& error) {
  Teller teller(address, error);
  if (result != CURLE_OK)
    teller.tell(easy, result, said);
  else if (teller.proxied())
    teller.refuse(kProxyWantsLogin);
  return result != CURLE_OK || teller.proxied();
}

}  // namespace pflow

// download: the body of an answer into a file, which goes on where the last try ended.
#include <errno.h>

#include <charconv>
#include <optional>
#include <string>

#include "kept_part.h"
#include "net.pf.hpp"
#include "request.h"
#include "stdlib-nodes/files/new_file.h"
#include "stdlib-nodes/files/path_text.h"

namespace {

using pf_files::NewFile;
using pf_files::PathText;
using pflow::HttpResponse;
using pflow::view;

/// `bytes FIRST-LAST/TOTAL` of a Content-Range (RFC 9110, 14.4).
struct Range {
  int64_t first;
  std::optional<int64_t> total;
};

std::optional<Range> range_of(const HttpResponse& head) {
  const pf_str* header = pflow::http_header(head, "content-range");
  std::string_view text = header ? view(*header) : "";
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  Range range{};
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, range.first).ptr == text.data()) return std::nullopt;
  size_t slash = text.find('/');
  int64_t total = 0;
  if (slash != text.npos && std::from_chars(text.data() + slash + 1, end, total).ptr == end)
    range.total = total;
  return range;
}

/// An ETag that says that the bytes are the same; empty when there is none.
std::string_view strong_etag(const HttpResponse& head) {
  const pf_str* etag = pflow::http_header(head, "etag");
  return etag && view(*etag).starts_with('"') ? view(*etag) : "";
}

class Download : public pf_net::Sink {
 public:
  Download(const pf_str& path, const PathText& name, std::string_view url)
      : path_(path), name_(name), kept_(name_.c_str(), url) {}

  /// The last byte is asked for again, so that a part which is the whole is no range beyond it.
  [[nodiscard]] off_t offset() const { return kept_.size() > 0 ? kept_.size() - 1 : 0; }
  [[nodiscard]] const std::string& etag() const { return kept_.etag(); }

  bool begin(const HttpResponse& head) override {
    if (head.status < 200 || head.status >= 300) return false;
    begun_ = true;
    if (head.status == 206)
      go_on(head);
    else
      start_over(head);
    return true;
  }

  bool take(std::string_view bytes) override {
    if (!error_ && !problem_) error_ = file_.write(bytes.data(), bytes.size());
    size_ += static_cast<int64_t>(bytes.size());
    return !error_ && !problem_;
  }

  pf_status end(pf_call* call, void* out, const HttpResponse& response, pf_status status) override {
    if (!error_ && !problem_ && status == PF_DONE && begun_ && total_ && *total_ != size_)
      problem_ = "the answer is shorter than it says";
    if (error_ || problem_) return give_up(call);
    if (status != PF_DONE) return leave(response);
    if (!begun_)
      return pf_fail(call, PF_E_HTTP, "`%s` is not written: the answer is HTTP %d", name_.c_str(),
                     response.status);
    error_ = file_.finish();
    if (error_) return give_up(call);
    if (tagged_) kept_.remove_tag();
    auto* made = static_cast<download_out*>(out);
    made->path = pflow::share(path_);
    made->size = size_;
    made->headers = pf_net::header_map(response);
    return PF_DONE;
  }

 private:
  void go_on(const HttpResponse& head) {
    std::optional<Range> range = range_of(head);
    if (!range || etag().empty() || range->first != offset()) {
      problem_ = "the server sends another part than it was asked for";
      return;
    }
    total_ = range->total;
    size_ = range->first;
    error_ = file_.open_kept(name_.c_str(), offset());
    tagged_ = !error_;
  }

  void start_over(const HttpResponse& head) {
    std::string_view etag = strong_etag(head);
    if (!etag.empty()) {
      error_ = file_.open_kept(name_.c_str(), 0);
      tagged_ = !error_ && kept_.set_tag(etag) == 0;
      if (error_ != ENAMETOOLONG && error_ != EINVAL) return;
    }
    error_ = file_.open(name_.c_str());
  }

  /// The disk is full, or what was left is of no use.
  pf_status give_up(pf_call* call) {
    if (error_ == EBUSY)
      return pf_fail(call, PF_E_IO, "cannot write `%s`: another download writes it", name_.c_str());
    if (tagged_ || problem_) kept_.remove();
    if (problem_) return pf_fail(call, PF_E_NETWORK, "`%s`: %s", name_.c_str(), problem_);
    return pf_fail(call, PF_E_IO, "cannot write `%s`: %s", name_.c_str(), pf_files::reason(error_));
  }

  /// The next try goes on from here, unless there is nothing to go on with.
  pf_status leave(const HttpResponse& response) {
    if (tagged_) file_.keep();
    bool gone = response.status == 404 || response.status == 410 || response.status == 416;
    if (gone && !etag().empty()) kept_.remove();
    return PF_FAILED;
  }

  pf_str path_;
  PathText name_;
  NewFile file_;
  pf_net::KeptPart kept_;
  int error_ = 0;
  const char* problem_ = nullptr;
  std::optional<int64_t> total_;
  int64_t size_ = 0;
  bool begun_ = false;
  bool tagged_ = false;  ///< the file is one that may be kept
};

}  // namespace

pf_status pfn_net_download(pf_call* call, const download_in* in, download_out* out) {
  PathText name;
  if (!name.set(call, in->path)) return PF_FAILED;
  pf_net::Request request{.url = in->url,
                          .method = pflow::literal("GET"),
                          .headers = in->headers,
                          .query = in->query,
                          .redirects = in->redirects};
  auto* sink = new Download(in->path, name, pf_net::full_url(request));
  std::string range = "bytes=" + std::to_string(sink->offset()) + "-";
  if (!sink->etag().empty()) {
    request.own_headers.push_back({pflow::literal("Range"), pflow::literal(range)});
    request.own_headers.push_back({pflow::literal("If-Range"), pflow::literal(sink->etag())});
  }
  request.sink = sink;
  return pf_net::start(call, request, out, in, nullptr);
}

#include "pages.h"

#include <utility>

#include "next_page.h"

namespace pf_openapi {
namespace {

class Pages : public pflow::Stream<Pages, void> {
 public:
  Pages(const Plan& plan, Request request)
      : plan_(plan),
        how_(*member(&plan.operation(), "pages")),
        request_(std::move(request)),
        url_(request_.url) {
    const pf_json* first = member(&how_, "first");
    if (first != nullptr) count_ = first->integer;
    if (pf_mcp::is_true(&how_, "required")) url_ = counted();
  }

  pf_status next(pf_call* call, void* out) {
    if (given_ < here().size()) return give(call, out);
    return ends_ ? PF_END : ask(call, out);
  }

 private:
  /// Hears of an answer, whether it is one or not.
  class Answer final : public pf_net::Sink {
   public:
    explicit Answer(Pages& pages) : pages_(pages) {}
    bool begin(const pflow::HttpResponse&) override { return false; }
    bool take(std::string_view) override { return true; }
    pf_status end(pf_call* call, void* out, const pflow::HttpResponse& response,
                  pf_status status) override {
      return pages_.came(call, out, response, status);
    }

   private:
    Pages& pages_;
  };

  [[nodiscard]] pflow::Elements<pf_json> here() const {
    return items(value_at(&page_.get(), member(&how_, "items")));
  }
  [[nodiscard]] std::string name() const {
    return "page " + std::to_string(number_) + " of `" + plan_.node().node + "`";
  }

  pf_status ask(pf_call* call, void* out) {
    if (!problem_.empty()) return pflow::fail(call, PF_E_SCHEMA, problem_);
    ++number_;
    std::string url = url_;
    pf_net::Request sent = net_request(plan_, request_, url);
    sent.sink = new Answer(*this);
    return pf_net::start(call, sent, out, nullptr, nullptr);
  }

  pf_status came(pf_call* call, void* out, const pflow::HttpResponse& response, pf_status status) {
    given_ = 0;
    page_ = Json();
    if (status == PF_DONE) status = read(call, response);
    if (status == PF_DONE) {
      find_next(response);
      return next(call, out);
    }
    ends_ = true;
    pf_fail_note(call, "it was %s", name().c_str());
    return PF_FAILED;
  }

  pf_status read(pf_call* call, const pflow::HttpResponse& response) {
    pf_str body{};
    if (response.body.len == 0) return PF_DONE;
    if (pf_net::take_text(call, response, &body) != PF_DONE) return PF_FAILED;
    const pflow::Text text(body);
    pf_json value{};
    if (pf_json_read(call, &text.get(), &pflow::kJsonType, &value) != PF_DONE) return PF_FAILED;
    page_.share(value);
    pf_drop_value(&value, &pflow::kJsonType);
    const pf_json* list = value_at(&page_.get(), member(&how_, "items"));
    if (list == nullptr || list->kind == PF_JSON_NULL || list->kind == PF_JSON_ARRAY)
      return PF_DONE;
    return pflow::fail(call, PF_E_SCHEMA, "the answer has no list where its items should stand");
  }

  /// Sets where the next page is, or that there is none. What is wrong with it is told when it is
  /// wanted.
  void find_next(const pflow::HttpResponse& response) {
    const std::string_view by = text_member(&how_, "by");
    if (by == "page" || by == "offset") {
      count_ += by == "page" ? 1 : static_cast<int64_t>(here().size());
      ends_ = here().size() == 0;
      url_ = counted();
      return;
    }
    const std::string said = by == "link" ? linked(response) : said_next();
    ends_ = said.empty();
    if (ends_) return;
    const std::string url =
        by == "cursor" ? with_parameter(request_.url, parameter(), said) : address_from(url_, said);
    if (url.empty())
      problem_ =
          name() + " names as the next one `" + said + "`, which is no address of the same server";
    else if (url == url_)
      problem_ = name() + " names itself as the next one";
    url_ = url;
  }

  [[nodiscard]] std::string said_next() const {
    const pf_json* said = value_at(&page_.get(), member(&how_, "next"));
    if (said != nullptr && said->kind == PF_JSON_INT) return std::to_string(said->integer);
    return std::string(text_of(said));
  }
  [[nodiscard]] std::string_view parameter() const { return text_member(&how_, "parameter"); }
  [[nodiscard]] std::string counted() const {
    return with_parameter(request_.url, parameter(), std::to_string(count_));
  }

  pf_status give(pf_call* call, void* out) {
    const pflow::Text text(pflow::json_text(here()[given_++]));
    pf_json_problem problem;
    if (pf_json_decode(&text.get(), item, out, &problem)) return PF_DONE;
    const pflow::Text message(problem.message);
    return pflow::fail(
        call, problem.kind,
        name() + ", item " + std::to_string(given_) + ": " + std::string(message.view()));
  }

  const Plan& plan_;
  const pf_json& how_;
  const Request request_;
  std::string url_;      ///< of the page that comes, without keys
  std::string problem_;  ///< why it cannot be asked for
  int64_t count_ = 0;    ///< what it is called by, when pages or items are counted
  int64_t number_ = 0;
  Json page_;
  size_t given_ = 0;  ///< of its items
  bool ends_ = false;
};

const pf_field* output(const Plan& plan) {
  const pf_type& type = *plan.node().output;
  return type.count == 1 && type.fields[0].type->kind == PF_STREAM ? &type.fields[0] : nullptr;
}

}  // namespace

bool gives_pages(const Plan& plan) { return output(plan) != nullptr; }

void open_pages(const Plan& plan, Request request, void* out) {
  const pf_field& field = *output(plan);
  *reinterpret_cast<pf_stream**>(static_cast<char*>(out) + field.offset) =
      pflow::make_stream<Pages>(field.type->element, plan, std::move(request));
}

}  // namespace pf_openapi

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <pflow/node.hpp>
#include <string>

#include "html.pf.h"

namespace {

struct Close {
  void operator()(GumboOutput* page) const { gumbo_destroy_output(&kGumboDefaultOptions, page); }
};
using Page = std::unique_ptr<GumboOutput, Close>;

Page parse(const pf_str& html) {
  const std::string_view text = pflow::view(html);
  return Page(gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size()));
}

bool is_hidden(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD;
}

bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_B:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG: return true;
    default: return false;
  }
}

/// The visible text of a page: white space is one blank, a block ends its line.
class TextWriter {
 public:
  void add(const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE)
      return words(node.v.text.text);
    if (node.type != GUMBO_NODE_ELEMENT || is_hidden(node.v.element.tag)) return;
    const bool block = !is_inline(node.v.element.tag);
    if (block) line();
    const GumboVector& children = node.v.element.children;
    for (unsigned i = 0; i < children.length; ++i)
      add(*static_cast<const GumboNode*>(children.data[i]));
    if (block) line();
  }

  const std::string& text() {
    line();
    return text_;
  }

 private:
  void words(std::string_view text) {
    for (const char c : text) {
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
        line_ += c;
      else if (!line_.empty() && line_.back() != ' ')
        line_ += ' ';
    }
  }

  void line() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    if (!line_.empty() && !text_.empty()) text_ += '\n';
    text_ += line_;
    line_.clear();
  }

  std::string text_, line_;
};

constexpr pf_field kLinkFields[] = {
    {"text", "text", &pflow::kStr, offsetof(Link, text), nullptr, nullptr},
    {"url", "url", &pflow::kStr, offsetof(Link, url), nullptr, nullptr}};
constexpr pf_type kLink = {PF_RECORD, sizeof(Link), alignof(Link), 1,       "Link",  nullptr,
                           2,         kLinkFields,  nullptr,       nullptr, nullptr, nullptr};

void add_links(const GumboNode& node, pf_list* links) {
  if (node.type != GUMBO_NODE_ELEMENT) return;
  const GumboElement& element = node.v.element;
  const GumboAttribute* target = gumbo_get_attribute(&element.attributes, "href");
  if (element.tag == GUMBO_TAG_A && target != nullptr) {
    TextWriter writer;
    writer.add(node);
    Link link = {pflow::text(writer.text()), pflow::text(target->value)};
    links->head = static_cast<pf_list_head*>(pf_list_push(links->head, &link, &kLink));
  }
  for (unsigned i = 0; i < element.children.length; ++i)
    add_links(*static_cast<const GumboNode*>(element.children.data[i]), links);
}

}  // namespace

pf_status pfn_html_to_text(pf_call*, const to_text_in* in, to_text_out* out) {
  const Page page = parse(in->html);
  TextWriter writer;
  writer.add(*page->root);
  out->text = pflow::text(writer.text());
  return PF_DONE;
}

pf_status pfn_html_links(pf_call*, const links_in* in, links_out* out) {
  const Page page = parse(in->html);
  add_links(*page->root, &out->links);
  return PF_DONE;
}

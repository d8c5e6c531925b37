// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/markdown.hpp"

#include <md4c.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "report/page.hpp"

namespace lockstep::report {
namespace {

/// What md4c calls: each block and span as it begins and ends, and the text between.
class Writer {
 public:
  explicit Writer(const MarkdownOptions& options)
      : options_(options), anchors_(options.anchors == nullptr ? own_ : *options.anchors) {}

  Html write(std::string_view text) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* writer) {
      static_cast<Writer*>(writer)->enter(type, detail);
      return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* writer) {
      static_cast<Writer*>(writer)->leave(type, detail);
      return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* writer) {
      static_cast<Writer*>(writer)->open(type, detail);
      return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* writer) {
      static_cast<Writer*>(writer)->close(type);
      return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* said, MD_SIZE size, void* writer) {
      static_cast<Writer*>(writer)->take(type, {said, size});
      return 0;
    };
    if (md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, this) != 0) {
      throw std::runtime_error("md4c does not read a text");
    }
    return {std::move(out_)};
  }

 private:
  unsigned level(const void* detail) const {
    const unsigned own = static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level;
    return std::min(own + options_.deeper, 6U);
  }

  void enter(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: out_ += "<blockquote>\n"; break;
      case MD_BLOCK_UL: out_ += "<ul>\n"; break;
      case MD_BLOCK_OL:
        out_ += "<ol start=\"" +
                std::to_string(static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start) + "\">\n";
        break;
      case MD_BLOCK_LI: out_ += "<li>"; break;
      case MD_BLOCK_HR: out_ += "<hr>\n"; break;
      case MD_BLOCK_H:
        heading_.clear();
        begin_ = out_.size();
        break;
      case MD_BLOCK_CODE: out_ += "<pre tabindex=\"0\"><code>"; break;
      case MD_BLOCK_P: out_ += "<p>"; break;
      case MD_BLOCK_TABLE:
        out_ +=
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"table\"><table>\n";
        break;
      case MD_BLOCK_THEAD: out_ += "<thead>"; break;
      case MD_BLOCK_TBODY: out_ += "<tbody>"; break;
      case MD_BLOCK_TR: out_ += "<tr>"; break;
      case MD_BLOCK_TH: out_ += "<th scope=\"col\">"; break;
      case MD_BLOCK_TD: out_ += "<td>"; break;
      case MD_BLOCK_HTML: ++dropped_; break;
      case MD_BLOCK_DOC: break;
    }
  }

  void leave(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: out_ += "</blockquote>\n"; break;
      case MD_BLOCK_UL: out_ += "</ul>\n"; break;
      case MD_BLOCK_OL: out_ += "</ol>\n"; break;
      case MD_BLOCK_LI: out_ += "</li>\n"; break;
      case MD_BLOCK_H: {
        const std::string name = "h" + std::to_string(level(detail));
        const std::string id = html_escaped(anchors_.of(heading_));
        out_.insert(begin_, "<" + name + " id=\"" + id + "\">");
        out_ += "</" + name + ">\n";
        break;
      }
      case MD_BLOCK_CODE: out_ += "</code></pre>\n"; break;
      case MD_BLOCK_P: out_ += "</p>\n"; break;
      case MD_BLOCK_TABLE: out_ += "</table></div>\n"; break;
      case MD_BLOCK_THEAD: out_ += "</thead>\n"; break;
      case MD_BLOCK_TBODY: out_ += "</tbody>\n"; break;
      case MD_BLOCK_TR: out_ += "</tr>\n"; break;
      case MD_BLOCK_TH: out_ += "</th>"; break;
      case MD_BLOCK_TD: out_ += "</td>"; break;
      case MD_BLOCK_HTML: --dropped_; break;
      case MD_BLOCK_HR:
      case MD_BLOCK_DOC: break;
    }
  }

  void open(MD_SPANTYPE type, const void* detail) {
    switch (type) {
      case MD_SPAN_EM: out_ += "<em>"; break;
      case MD_SPAN_STRONG: out_ += "<strong>"; break;
      case MD_SPAN_CODE: out_ += "<code>"; break;
      case MD_SPAN_DEL: out_ += "<del>"; break;
      case MD_SPAN_A: {
        const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
        const std::string to{href.text, href.size};
        const std::string here = options_.link ? options_.link(to) : "";
        linked_.push_back(!here.empty());
        out_ += here.empty() ? "<span class=\"named\" title=\"" + html_escaped(to) + "\">"
                             : "<a href=\"" + html_escaped(here) + "\">";
        break;
      }
      default: break;
    }
  }

  void close(MD_SPANTYPE type) {
    switch (type) {
      case MD_SPAN_EM: out_ += "</em>"; break;
      case MD_SPAN_STRONG: out_ += "</strong>"; break;
      case MD_SPAN_CODE: out_ += "</code>"; break;
      case MD_SPAN_DEL: out_ += "</del>"; break;
      case MD_SPAN_A:
        out_ += linked_.back() ? "</a>" : "</span>";
        linked_.pop_back();
        break;
      default: break;
    }
  }

  void take(MD_TEXTTYPE type, std::string_view said) {
    if (dropped_ > 0 || type == MD_TEXT_HTML) return;
    heading_ += said;
    if (type == MD_TEXT_BR) {
      out_ += "<br>\n";
    } else if (type == MD_TEXT_SOFTBR) {
      out_ += '\n';
    } else if (type == MD_TEXT_NULLCHAR) {
      out_ += "\xEF\xBF\xBD";
    } else if (type == MD_TEXT_ENTITY) {
      out_ += said;
    } else {
      out_ += html_escaped(said);
    }
  }

  const MarkdownOptions& options_;
  Anchors own_;
  Anchors& anchors_;
  std::string out_, heading_;
  std::size_t begin_ = 0;
  int dropped_ = 0;
  std::vector<bool> linked_;
};

}  // namespace

Html markdown(std::string_view text, const MarkdownOptions& options) {
  return Writer(options).write(text);
}

}  // namespace lockstep::report

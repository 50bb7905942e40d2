#include "core/import/text/plain_text.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace convscope::imports {
namespace {

constexpr std::size_t kMostQuoted = 40;  // characters of a text that a message quotes

// Length of the character at `at`; 1 for bytes that are not UTF-8.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (length > text.size() - at || lead >= 0xF5) {
    return 1;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) {
      return 1;
    }
  }
  return length;
}

char plain_sign(std::string_view character) {
  for (const auto& [sign, plain] :
       std::initializer_list<std::pair<std::string_view, char>>{{"\u2212", '-'},  // minus
                                                                {"\u2010", '-'},
                                                                {"\u2011", '-'},
                                                                {"\u2013", '-'},  // en dash
                                                                {"\u00A0", ' '},  // no-break spaces
                                                                {"\u202F", ' '},
                                                                {"\u2007", ' '},
                                                                {"\u2009", ' '},
                                                                {"\uFEFF", ' '},  // byte order mark
                                                                {"\u2018", '\''},
                                                                {"\u2019", '\''},
                                                                {"\u201C", '"'},
                                                                {"\u201D", '"'},
                                                                {"\u00D7", '*'},
                                                                {"\u00B7", '*'},
                                                                {"\u22C5", '*'},
                                                                {"\u2044", '/'},
                                                                {"\u2026", kEllipsisSign}}) {
    if (sign == character) {
      return plain;
    }
  }
  return kOtherSign;
}

}  // namespace

PlainText::PlainText(std::string_view utf8) : utf8_(utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    starts_.push_back(at);
    const std::size_t length = character_length(utf8, at);
    const char c = utf8[at];
    if (length > 1 || static_cast<unsigned char>(c) > 0x7E) {
      chars_ += plain_sign(utf8.substr(at, length));
    } else if (c == '\r') {
      chars_ += at + 1 < utf8.size() && utf8[at + 1] == '\n' ? ' ' : '\n';
    } else {
      chars_ += c < ' ' && c != '\n' && c != '\t' ? kOtherSign : c;
    }
    at += length;
  }
  starts_.push_back(utf8.size());
  for (std::size_t at = 0; at < chars_.size(); ++at) {
    if (chars_[at] == '\n') {
      lines_.push_back(at + 1);
    }
  }
}

PlainText PlainText::read_as(std::string chars) const {
  assert(chars.size() == chars_.size());
  PlainText other = *this;
  other.chars_ = std::move(chars);
  return other;
}

Place PlainText::place(std::size_t at) const {
  at = std::min(at, chars_.size());
  const auto next = std::ranges::upper_bound(lines_, at);
  return {next - lines_.begin(), static_cast<std::int64_t>(at - *std::prev(next)) + 1};
}

std::string PlainText::piece(std::size_t begin, std::size_t end) const {
  std::string result;
  for (std::size_t i = begin; i < end; ++i) {
    const std::string_view sign =
        std::string_view(utf8_).substr(starts_[i], starts_[i + 1] - starts_[i]);
    const auto lead = static_cast<unsigned char>(sign.front());
    const bool shown = sign.size() > 1 || (lead >= ' ' && lead <= '~');
    result += shown ? sign : std::string_view(is_blank(chars_[i]) ? " " : "?");
  }
  return result;
}

std::string PlainText::quoted(std::size_t begin, std::size_t end) const {
  end = std::min(end, chars_.size());
  begin = std::min(begin, end);
  const bool cut = end - begin > kMostQuoted;
  return cut ? piece(begin, begin + kMostQuoted) + "..." : piece(begin, end);
}

ProblemValues PlainText::values_at(std::size_t at, ProblemValues more) const {
  const Place where = place(at);
  more.insert(more.begin(), {{"row", where.row}, {"column", where.column}});
  return more;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace convscope::imports

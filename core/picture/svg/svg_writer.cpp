#include "core/picture/svg/svg_writer.h"

#include <array>
#include <charconv>

#include "core/picture/display/text_metrics.h"

namespace convscope::picture::svg {

namespace {

std::string hex_color(Rgba color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "#";
  for (const std::uint8_t channel : {color.r, color.g, color.b}) {
    text += kDigits[channel >> 4U];
    text += kDigits[channel & 15U];
  }
  return text;
}

// XML 1.0 has no place for most control characters, not even escaped.
bool is_xml_character(char32_t c) {
  return c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

}  // namespace

std::string svg_number(double value) {
  std::array<char, 400> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, 2);
  std::string text(buffer.data(), result.ptr);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') {
    text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string xml_escaped(std::u32string_view characters) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::string out;
  for (const char32_t c : characters) {
    switch (c) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\t':
      case U'\n':
      case U'\r':
        out += ' ';
        break;
      default:
        append_utf8(out, is_xml_character(c) ? c : kReplacement);
    }
  }
  return out;
}

void SvgWriter::end_tag() {
  if (in_tag_) {
    out_ += ">";
    in_tag_ = false;
  }
}

SvgWriter& SvgWriter::open(std::string_view name) {
  end_tag();
  if (!out_.empty()) {
    out_ += "\n";
  }
  out_ += "<";
  out_ += name;
  open_.emplace_back(name);
  in_tag_ = true;
  has_text_ = false;
  return *this;
}

SvgWriter& SvgWriter::attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  out_ += value;
  out_ += '"';
  return *this;
}

SvgWriter& SvgWriter::attribute(std::string_view name, double value) {
  return attribute(name, svg_number(value));
}

SvgWriter& SvgWriter::paint(std::string_view name, Rgba color) {
  if (color.a == 0) {
    return attribute(name, "none");
  }
  attribute(name, hex_color(color));
  if (color.a < 255) {
    attribute(std::string(name) + "-opacity", color.a / 255.0);
  }
  return *this;
}

SvgWriter& SvgWriter::area(const Rect& rect) {
  return attribute("x", rect.x)
      .attribute("y", rect.y)
      .attribute("width", rect.w)
      .attribute("height", rect.h);
}

SvgWriter& SvgWriter::text(std::u32string_view characters) {
  end_tag();
  out_ += xml_escaped(characters);
  has_text_ = true;
  return *this;
}

SvgWriter& SvgWriter::close() {
  if (in_tag_) {
    out_ += "/>";
    in_tag_ = false;
  } else {
    out_ += has_text_ ? "</" : "\n</";
    out_ += open_.back() + ">";
  }
  has_text_ = false;
  open_.pop_back();
  return *this;
}

std::string SvgWriter::finish() {
  while (!open_.empty()) {
    close();
  }
  return std::move(out_) + "\n";
}

}  // namespace convscope::picture::svg

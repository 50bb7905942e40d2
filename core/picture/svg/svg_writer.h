// Writes the text of an SVG document: elements, attributes, numbers, colours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture::svg {

class SvgWriter {
 public:
  // <name ...>; attributes follow until the next open(), close() or text().
  SvgWriter& open(std::string_view name);
  SvgWriter& attribute(std::string_view name, std::string_view value);
  SvgWriter& attribute(std::string_view name, double value);
  // `name`="#rrggbb", with `name`-opacity where it is not opaque; "none" where nothing shows.
  SvgWriter& paint(std::string_view name, Rgba color);
  SvgWriter& area(const Rect& rect);  // x, y, width, height
  // Escaped content of the open element.
  SvgWriter& text(std::u32string_view characters);
  SvgWriter& close();

  // Closes what is open.
  std::string finish();

 private:
  void end_tag();

  std::string out_;
  std::vector<std::string> open_;
  bool in_tag_ = false;    // attributes may follow
  bool has_text_ = false;  // the closing tag must follow the text at once
};

// At most two decimals, no trailing zeros, never "-0".
std::string svg_number(double value);

// What XML can hold of a text, escaped.
std::string xml_escaped(std::u32string_view characters);

}  // namespace convscope::picture::svg

#include "core/picture/svg/svg.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "core/picture/display/hatch.h"
#include "core/picture/svg/svg_writer.h"
#include "tests/core/picture/half_em.h"

namespace convscope::picture {
namespace {

Picture picture_with(std::vector<Record> records) {
  Picture picture;
  picture.width = 200;
  picture.height = 100;
  picture.background = {16, 32, 48};
  picture.records = std::move(records);
  return picture;
}

std::string svg_of(std::vector<Record> records) {
  return svg::svg_of(picture_with(std::move(records)), half_em());
}

// The document without its head, background and end.
std::string body_of(std::vector<Record> records) {
  const std::string empty = svg_of(std::vector<Record>{});
  const std::string svg = svg_of(std::move(records));
  const std::string end = "\n</svg>\n";
  const std::size_t start = empty.size() - end.size();
  EXPECT_EQ(svg.substr(0, start), empty.substr(0, start));
  return svg.substr(start, svg.size() - end.size() - start);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

// Whether tags are nested, attributes quoted and ampersands the start of an entity.
bool well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&' && xml.find(';', i) > i + 5) {
      return false;
    }
    if (static_cast<unsigned char>(xml[i]) < 0x20 && xml[i] != '\n') {
      return false;
    }
    if (xml[i] != '<') {
      continue;
    }
    const std::size_t end = xml.find('>', i);
    const std::string tag = xml.substr(i + 1, end - i - 1);
    if (end == std::string::npos || tag.find('<') != std::string::npos ||
        count(tag, "\"") != 2 * count(tag, "=\"")) {
      return false;
    }
    if (tag[0] == '/') {
      if (open.empty() || "/" + open.back() != tag) {
        return false;
      }
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(tag.substr(0, tag.find(' ')));
    }
    i = end;
  }
  return open.empty();
}

TEST(SvgNumber, HasAtMostTwoDecimals) {
  EXPECT_EQ(svg::svg_number(3), "3");
  EXPECT_EQ(svg::svg_number(2.5), "2.5");
  EXPECT_EQ(svg::svg_number(1.0 / 3), "0.33");
  EXPECT_EQ(svg::svg_number(-0.001), "0");
  EXPECT_EQ(svg::svg_number(-0.0), "0");
  EXPECT_EQ(svg::svg_number(1200), "1200");
}

TEST(Svg, BareBackground) {
  EXPECT_EQ(svg_of(std::vector<Record>{}),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 100\" width=\"200\" "
            "height=\"100\" font-family=\"Inter, sans-serif\" "
            "style=\"font-variant-numeric:tabular-nums\" xml:space=\"preserve\">\n"
            "<rect x=\"0\" y=\"0\" width=\"200\" height=\"100\" fill=\"#102030\"/>\n"
            "</svg>\n");
}

TEST(Svg, BoxAndLine) {
  EXPECT_EQ(
      body_of({Box{{1, 2, 3.5F, 4}, {255, 0, 16, 51}, {0, 0, 0}, 1.5F, 2, 6, {}}}),
      "\n<rect x=\"1\" y=\"2\" width=\"3.5\" height=\"4\" rx=\"2\" fill=\"#ff0010\" "
      "fill-opacity=\"0.2\" stroke=\"#000000\" stroke-width=\"1.5\" stroke-dasharray=\"6\"/>");
  EXPECT_EQ(body_of({Line{{1, 2}, {3, 4}, {1, 2, 3}, 2, 0}}),
            "\n<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" stroke=\"#010203\" stroke-width=\"2\"/>");
}

TEST(Svg, PolygonAndHatch) {
  EXPECT_EQ(body_of({Polygon{{{0, 0}, {5, 0}, {0, 5}}, {1, 2, 3}, kTransparent, 0, {}}}),
            "\n<polygon points=\"0,0 5,0 0,5\" fill=\"#010203\"/>");
  // In a 10 x 10 square the lines x + y = 6, 12 and 18.
  EXPECT_EQ(body_of({Hatch{{10, 20, 10, 10}, {1, 2, 3}, 6, 1}}),
            "\n<path d=\"M10 26L16 20M12 30L20 22M18 30L20 28\" stroke=\"#010203\" "
            "stroke-width=\"1\"/>");
}

TEST(Svg, TextIsEscapedAndFitted) {
  Text text;
  text.at = {100, 50};
  text.text = "a<&>\"";
  text.font = Font::kSansBold;
  text.size = 20;
  text.color = {1, 2, 3};
  text.align = Align::kRight;
  EXPECT_EQ(
      body_of({text}),
      "\n<text x=\"100\" y=\"50\" text-anchor=\"end\" font-size=\"20\" font-weight=\"600\" "
      "textLength=\"50\" lengthAdjust=\"spacing\" fill=\"#010203\">a&lt;&amp;&gt;&quot;</text>");
  text.text = "1";
  text.font = Font::kMono;
  EXPECT_EQ(body_of({text}),
            "\n<text x=\"100\" y=\"50\" text-anchor=\"end\" font-family=\"JetBrains Mono, "
            "monospace\" font-size=\"20\" "
            "fill=\"#010203\">1</text>");
}

// Chromium collapses spaces unless the element itself says otherwise.
TEST(Svg, SpacesAtTheEndsOfATextAreKept) {
  const auto text = [](const char* words) {
    return body_of({Text{.at = {1, 2}, .text = words, .size = 10, .color = {0, 0, 0}}});
  };
  for (const char* words : {"  4 of 5", "= ", "a  b"}) {
    EXPECT_EQ(count(text(words), " xml:space=\"preserve\""), 1U) << words;
  }
  EXPECT_EQ(count(text("4 of 5"), "xml:space"), 0U);
}

TEST(Svg, ClipsNestAndAreClosed) {
  const std::string body =
      body_of({ClipBegin{{0, 0, 9, 9}}, ClipBegin{{1, 1, 2, 2}}, ClipEnd{}, ClipEnd{}, ClipEnd{}});
  EXPECT_EQ(body,
            "\n<clipPath id=\"clip1\">\n<rect x=\"0\" y=\"0\" width=\"9\" height=\"9\"/>\n"
            "</clipPath>\n<g clip-path=\"url(#clip1)\">\n<clipPath id=\"clip2\">\n"
            "<rect x=\"1\" y=\"1\" width=\"2\" height=\"2\"/>\n</clipPath>\n"
            "<g clip-path=\"url(#clip2)\"/>\n</g>");
  EXPECT_TRUE(well_formed(svg_of({ClipBegin{{0, 0, 9, 9}}, Box{{0, 0, 1, 1}, {1, 2, 3}}})));
}

TensorGrid grid_of(std::int64_t height, std::int64_t width) {
  TensorGrid grid;
  grid.tensor = Tensor({1, 1, height, width},
                       std::vector<float>(static_cast<std::size_t>(height * width), 1.0F));
  grid.rect = {0, 0, 100, 100};
  grid.visible = grid.rect;
  grid.scale.stops = {{{255, 0, 0}, {0, 0, 0}, {0, 0, 255}}};
  return grid;
}

TEST(SvgGrid, FewCellsAreRectangles) {
  TensorGrid grid = grid_of(2, 2);
  grid.revealed = 3;
  grid.gap = 2;
  grid.visible = {0, 0, 60, 100};
  EXPECT_EQ(body_of({grid}),
            "\n<g>\n<rect x=\"1\" y=\"1\" width=\"48\" height=\"48\" fill=\"#0000ff\"/>\n"
            "<rect x=\"51\" y=\"1\" width=\"9\" height=\"48\" fill=\"#0000ff\"/>\n"
            "<rect x=\"1\" y=\"51\" width=\"48\" height=\"48\" fill=\"#0000ff\"/>\n</g>");
}

TEST(SvgGrid, ManyCellsAreAnImageCutToWhatIsRevealed) {
  TensorGrid grid = grid_of(100, 100);
  grid.revealed = 2550;
  const std::string body = body_of({grid});
  EXPECT_EQ(count(body, "data:image/png;base64,iVBORw0KGgo"), 1U);
  EXPECT_EQ(count(body, "<rect x=\"0\" y=\"0\" width=\"100\" height=\"25\"/>"), 1U);
  EXPECT_EQ(count(body, "<rect x=\"0\" y=\"25\" width=\"50\" height=\"1\"/>"), 1U);
  EXPECT_EQ(count(body, "<rect"), 2U);
}

TEST(SvgGrid, NothingIsRevealed) {
  TensorGrid grid = grid_of(2, 2);
  grid.revealed = 0;
  EXPECT_EQ(count(body_of({grid}), "<rect"), 0U);
}

// Random pictures with every kind of bad number.
class RandomPicture {
 public:
  explicit RandomPicture(unsigned seed) : random_(seed) {}

  Picture make() {
    Picture picture;
    picture.width = number();
    picture.height = number();
    picture.background = color();
    for (int i = 0; i < 30; ++i) {
      picture.records.push_back(record());
    }
    return picture;
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  float number() {
    const float infinity = std::numeric_limits<float>::infinity();
    const float odd[] = {std::nanf(""), infinity, -infinity, 3e38F, -3e38F, 0.0F, -0.0F, 1e-30F};
    return below(12) == 0 ? odd[below(8)] : static_cast<float>(below(4000) - 500) / 8.0F;
  }
  Point point() { return {number(), number()}; }
  Rect rect() { return {number(), number(), number(), number()}; }
  Rgba color() {
    const auto byte = [&] { return static_cast<std::uint8_t>(below(256)); };
    return {byte(), byte(), byte(), byte()};
  }
  std::string bytes() {
    std::string text;
    for (int i = below(12); i > 0; --i) {
      text += static_cast<char>(below(256));
    }
    return text;
  }
  TensorGrid grid() {
    TensorGrid grid = grid_of(1 + below(90), 1 + below(90));
    grid.rect = rect();
    grid.visible = rect();
    grid.gap = number();
    grid.opacity = number();
    grid.revealed = below(2000) - 1;
    grid.scale.kind = static_cast<ColorScale::Kind>(below(3));
    grid.scale.low = number();
    grid.scale.high = number();
    return grid;
  }
  Record record() {
    switch (below(8)) {
      case 0:
        return Box{rect(), color(), color(), number(), number(), number(), {}};
      case 1:
        return Hatch{rect(), color(), number(), number()};
      case 2:
        return Line{point(), point(), color(), number(), number()};
      case 3:
        return Text{point(),  bytes(), static_cast<Font>(below(3)),
                    number(), color(), static_cast<Align>(below(3)),
                    {},       {}};
      case 4:
        return grid();
      case 5:
        return ClipBegin{rect()};
      case 6:
        return ClipEnd{};
      default:
        return Polygon{{point(), point(), point()}, color(), color(), number(), {}};
    }
  }

  std::mt19937 random_;
};

TEST(Svg, OfAnyPictureIsWellFormedAndFinite) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const std::string svg = convscope::picture::svg::svg_of(RandomPicture(seed).make(), half_em());
    ASSERT_TRUE(well_formed(svg)) << "seed " << seed << "\n" << svg;
    for (const char* bad : {"=\"nan", "=\"-nan", "=\"inf", "=\"-inf", "-0\"", "Mnan", "Lnan"}) {
      ASSERT_EQ(count(svg, bad), 0U) << "seed " << seed << ": " << bad;
    }
  }
}

TEST(WellFormed, TellsBadFromGood) {
  EXPECT_TRUE(well_formed("<a b=\"c\"><d/>&lt;</a>"));
  EXPECT_FALSE(well_formed("<a><b></a></b>"));
  EXPECT_FALSE(well_formed("<a>"));
  EXPECT_FALSE(well_formed("<a>& </a>"));
  EXPECT_FALSE(well_formed("<a b=\"c/>"));
}

}  // namespace
}  // namespace convscope::picture

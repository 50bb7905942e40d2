// Letters in rows, each row smaller than the one above, as an optician has them: what a filter
// leaves of them.
#include <array>
#include <numbers>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/pictures/pictures.h"

namespace pictures {
namespace {

// The points of one stroke of the pen, in a letter 4 wide and 6 high.
using Stroke = std::vector<Place>;

// Degrees go clockwise from the right.
Stroke arc(double x, double y, double rx, double ry, double from, double to) {
  constexpr int kParts = 16;
  Stroke points;
  for (int i = 0; i <= kParts; ++i) {
    const double angle = (from + (to - from) * i / kParts) * std::numbers::pi / 180;
    points.push_back({x + rx * std::cos(angle), y + ry * std::sin(angle)});
  }
  return points;
}

// A straight piece, an arc, and a straight piece back.
Stroke bow(const Place& first, const Stroke& middle, const Place& last) {
  Stroke points = {first};
  points.insert(points.end(), middle.begin(), middle.end());
  points.push_back(last);
  return points;
}

std::vector<Stroke> letter(char name) {
  switch (name) {
    case 'A':
      return {{{0, 6}, {2, 0}, {4, 6}}, {{0.7, 4}, {3.3, 4}}};
    case 'C':
      return {arc(2.2, 3, 2.2, 3, -50, -310)};
    case 'D':
      return {bow({0.2, 0}, arc(1.4, 3, 2.5, 3, -90, 90), {0.2, 6}), {{0.2, 0}, {0.2, 6}}};
    case 'E':
      return {{{3.8, 0}, {0.2, 0}, {0.2, 6}, {3.8, 6}}, {{0.2, 3}, {3.2, 3}}};
    case 'F':
      return {{{3.8, 0}, {0.2, 0}, {0.2, 6}}, {{0.2, 3}, {3.2, 3}}};
    case 'G':
      return {arc(2.2, 3, 2.2, 3, -50, -340), {{2.4, 3.4}, {4.3, 3.4}, {4.3, 6}}};
    case 'I':
      return {{{2, 0}, {2, 6}}};
    case 'K':
      return {{{0.2, 0}, {0.2, 6}}, {{3.9, 0}, {0.2, 3.6}}, {{1.5, 2.5}, {4, 6}}};
    case 'L':
      return {{{0.2, 0}, {0.2, 6}, {3.8, 6}}};
    case 'M':
      return {{{-0.2, 6}, {0.2, 0}, {2, 4}, {3.8, 0}, {4.2, 6}}};
    case 'N':
      return {{{0.2, 6}, {0.2, 0}, {3.8, 6}, {3.8, 0}}};
    case 'O':
      return {arc(2, 3, 2.2, 3, 0, 360)};
    case 'P':
      return {bow({0.2, 0}, arc(2.2, 1.6, 1.7, 1.6, -90, 90), {0.2, 3.2}), {{0.2, 0}, {0.2, 6}}};
    case 'R':
      return {bow({0.2, 0}, arc(2.2, 1.6, 1.7, 1.6, -90, 90), {0.2, 3.2}),
              {{0.2, 0}, {0.2, 6}},
              {{1.8, 3.2}, {4, 6}}};
    case 'S': {
      Stroke points = arc(2, 1.5, 1.8, 1.5, -30, -270);
      const Stroke lower = arc(2, 4.5, 1.9, 1.5, -90, 150);
      points.insert(points.end(), lower.begin(), lower.end());
      return {points};
    }
    case 'T':
      return {{{0, 0}, {4, 0}}, {{2, 0}, {2, 6}}};
    case 'U':
      return {bow({0.2, 0}, arc(2, 4.2, 1.8, 1.8, 180, 0), {3.8, 0})};
    case 'V':
      return {{{0, 0}, {2, 6}, {4, 0}}};
    case 'X':
      return {{{0.1, 0}, {3.9, 6}}, {{3.9, 0}, {0.1, 6}}};
    default:
      return {};
  }
}

struct Row {
  std::string_view text;
  double top;
  double height;
};
constexpr std::array kRows = {
    Row{"CNN", 22, 78},          Row{"FILTER", 122, 50},      Row{"KERNEL", 192, 32},
    Row{"CONVOLUTION", 242, 19}, Row{"FEATURE MAP", 275, 11}, Row{"STRIDE  PIXEL  CELL", 297, 7},
};

constexpr double kPage = 360;
constexpr double kAdvance = 5.9;  // from a letter to the next

// How far a place is from the ink, in pixels.
double distance(const Row& row, const Place& at) {
  const double scale = row.height / 6;
  const double width = (static_cast<double>(row.text.size()) * kAdvance - (kAdvance - 4)) * scale;
  const double x = (at.x - (kPage - width) / 2) / scale;
  const double y = (at.y - row.top) / scale;
  double nearest = 1e9;
  for (std::size_t i = 0; i < row.text.size(); ++i) {
    const Place own = {x - kAdvance * static_cast<double>(i), y};
    if (own.x < -2 || own.x > 6) {
      continue;
    }
    for (const Stroke& stroke : letter(row.text[i])) {
      for (std::size_t p = 1; p < stroke.size(); ++p) {
        nearest = std::min(nearest, segment(own, stroke[p - 1], stroke[p]));
      }
    }
  }
  return (nearest - 0.47) * scale;
}

}  // namespace

Color letters(const Place& at) {
  const Color paper = screen(246, 246, 246);
  const Color ink = screen(16, 16, 16);
  for (const Row& row : kRows) {
    if (at.y > row.top - row.height / 6 && at.y < row.top + row.height * 7 / 6) {
      return distance(row, at) < 0 ? ink : paper;
    }
  }
  return paper;
}

}  // namespace pictures

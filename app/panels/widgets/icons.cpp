#include "app/panels/widgets/icons.h"

#include <cmath>
#include <initializer_list>

namespace convscope::panels::widgets {
namespace {

constexpr float kPi = 3.14159265f;

// Draws in a square with corners (-1, -1) and (1, 1).
struct Pen {
  ImDrawList& list;
  ImVec2 center;
  float half;
  float weight;
  ImU32 color;

  ImVec2 at(float x, float y) const { return {center.x + x * half, center.y + y * half}; }
  void line(std::initializer_list<ImVec2> points, bool closed = false) const {
    for (const ImVec2& p : points) {
      list.PathLineTo(at(p.x, p.y));
    }
    list.PathStroke(color, closed ? ImDrawFlags_Closed : ImDrawFlags_None, weight);
  }
  void triangle(ImVec2 a, ImVec2 b, ImVec2 c) const {
    list.AddTriangleFilled(at(a.x, a.y), at(b.x, b.y), at(c.x, c.y), color);
  }
  void bar(float x0, float y0, float x1, float y1) const {
    list.AddRectFilled(at(x0, y0), at(x1, y1), color);
  }
  // Angles in quarter turns from the right, clockwise on screen.
  void arc(ImVec2 middle, float radius, float from, float to) const {
    list.PathArcTo(at(middle.x, middle.y), radius * half, from * kPi / 2, to * kPi / 2, 24);
    list.PathStroke(color, ImDrawFlags_None, weight);
  }
};

void draw_curved_arrow(const Pen& pen, float side) {
  // An arch that ends in an arrowhead: undo to the left, redo to the right.
  const float turn = side < 0 ? 0.0f : 1.0f;
  if (turn == 0.0f) {
    pen.arc({0.1f, 0.25f}, 0.62f, -1.75f, 1.0f);
  } else {
    pen.arc({-0.1f, 0.25f}, 0.62f, 1.0f, 3.75f);
  }
  const float tip = side * 0.8f;
  pen.triangle({tip, -0.15f}, {side * 0.22f, -0.15f - 0.55f}, {side * 0.15f, 0.12f});
}

void draw_transport(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::kPlay:
      pen.triangle({-0.6f, -0.85f}, {-0.6f, 0.85f}, {0.9f, 0});
      break;
    case Icon::kPause:
      pen.bar(-0.65f, -0.8f, -0.2f, 0.8f);
      pen.bar(0.2f, -0.8f, 0.65f, 0.8f);
      break;
    case Icon::kNext:
      pen.triangle({-0.6f, -0.7f}, {-0.6f, 0.7f}, {0.45f, 0});
      pen.bar(0.45f, -0.7f, 0.68f, 0.7f);
      break;
    case Icon::kPrevious:
      pen.triangle({0.6f, -0.7f}, {-0.45f, 0}, {0.6f, 0.7f});
      pen.bar(-0.68f, -0.7f, -0.45f, 0.7f);
      break;
    case Icon::kLast:
      pen.triangle({-0.9f, -0.65f}, {-0.9f, 0.65f}, {-0.05f, 0});
      pen.triangle({-0.1f, -0.65f}, {-0.1f, 0.65f}, {0.75f, 0});
      pen.bar(0.72f, -0.65f, 0.92f, 0.65f);
      break;
    case Icon::kFirst:
      pen.triangle({0.9f, -0.65f}, {0.05f, 0}, {0.9f, 0.65f});
      pen.triangle({0.1f, -0.65f}, {-0.75f, 0}, {0.1f, 0.65f});
      pen.bar(-0.92f, -0.65f, -0.72f, 0.65f);
      break;
    case Icon::kLoop:
      pen.arc({0, 0}, 0.7f, -0.6f, 2.75f);
      pen.triangle({0.35f, -0.95f}, {0.95f, -0.5f}, {0.3f, -0.15f});
      break;
    default:
      break;
  }
}

void draw_file(const Pen& pen, Icon icon) {
  if (icon == Icon::kOpen) {
    pen.line({{-0.85f, 0.65f},
              {-0.85f, -0.65f},
              {-0.25f, -0.65f},
              {0, -0.35f},
              {0.85f, -0.35f},
              {0.85f, 0.65f}},
             true);
    return;
  }
  // Into a tray.
  pen.line({{-0.8f, 0.25f}, {-0.8f, 0.75f}, {0.8f, 0.75f}, {0.8f, 0.25f}});
  pen.line({{0, -0.8f}, {0, 0.2f}});
  pen.triangle({-0.42f, -0.05f}, {0.42f, -0.05f}, {0, 0.42f});
}

void draw_theme(const Pen& pen) {
  // A disc, half of it dark.
  pen.list.AddCircle(pen.center, 0.75f * pen.half, pen.color, 32, pen.weight);
  pen.list.PathArcTo(pen.center, 0.75f * pen.half, -kPi / 2, kPi / 2, 24);
  pen.list.PathFillConvex(pen.color);
}

void draw_side(const Pen& pen, float side) {
  pen.list.AddRect(pen.at(-0.85f, -0.65f), pen.at(0.85f, 0.65f), pen.color, 0.2f * pen.half,
                   ImDrawFlags_None, pen.weight);
  pen.line({{side * 0.3f, -0.65f}, {side * 0.3f, 0.65f}});
}

void draw_bars(const Pen& pen) {
  // Text with a pause sign.
  pen.line({{-0.85f, -0.65f}, {0.85f, -0.65f}});
  pen.line({{-0.85f, -0.1f}, {0, -0.1f}});
  pen.line({{-0.85f, 0.45f}, {0, 0.45f}});
  pen.bar(0.3f, -0.2f, 0.5f, 0.8f);
  pen.bar(0.7f, -0.2f, 0.9f, 0.8f);
}

void draw_cube(const Pen& pen) {
  pen.line({{0, -0.9f}, {0.8f, -0.45f}, {0.8f, 0.45f}, {0, 0.9f}, {-0.8f, 0.45f}, {-0.8f, -0.45f}},
           true);
  pen.line({{-0.8f, -0.45f}, {0, 0}, {0.8f, -0.45f}});
  pen.line({{0, 0}, {0, 0.9f}});
}

void draw_grid(const Pen& pen) {
  pen.line({{-0.8f, -0.8f}, {0.8f, -0.8f}, {0.8f, 0.8f}, {-0.8f, 0.8f}}, true);
  for (const float at : {-0.27f, 0.27f}) {
    pen.line({{at, -0.8f}, {at, 0.8f}});
    pen.line({{-0.8f, at}, {0.8f, at}});
  }
}

void draw_strip(const Pen& pen) {
  // A row of cells and the bracket of a window.
  pen.line({{-0.9f, -0.55f}, {0.9f, -0.55f}, {0.9f, 0.05f}, {-0.9f, 0.05f}}, true);
  for (const float x : {-0.3f, 0.3f}) {
    pen.line({{x, -0.55f}, {x, 0.05f}});
  }
  pen.line({{-0.9f, 0.4f}, {-0.9f, 0.7f}, {0.3f, 0.7f}, {0.3f, 0.4f}});
}

void draw_neuron(const Pen& pen) {
  for (const float y : {-0.75f, 0.0f, 0.75f}) {
    pen.line({{-0.8f, y}, {0.3f, 0}});
    pen.list.AddCircleFilled(pen.at(-0.8f, y), 0.18f * pen.half, pen.color, 12);
  }
  pen.list.AddCircleFilled(pen.at(0.5f, 0), 0.4f * pen.half, pen.color, 20);
}

void draw_matrix(const Pen& pen) {
  for (const float side : {-1.0f, 1.0f}) {
    pen.line(
        {{side * 0.5f, -0.8f}, {side * 0.85f, -0.8f}, {side * 0.85f, 0.8f}, {side * 0.5f, 0.8f}});
    for (const float y : {-0.4f, 0.0f, 0.4f}) {
      pen.list.AddCircleFilled(pen.at(side * 0.25f, y), 0.13f * pen.half, pen.color, 10);
    }
  }
}

void draw_descent(const Pen& pen) {
  pen.line({{-0.85f, -0.85f}, {-0.85f, 0.8f}, {0.9f, 0.8f}});
  pen.line({{-0.6f, -0.8f}, {-0.4f, -0.15f}, {-0.05f, 0.25f}, {0.4f, 0.45f}, {0.9f, 0.5f}});
}

void draw_coverage(const Pen& pen) {
  pen.line({{-0.85f, -0.85f}, {0.3f, -0.85f}, {0.3f, 0.3f}, {-0.85f, 0.3f}}, true);
  pen.line({{-0.3f, -0.3f}, {0.85f, -0.3f}, {0.85f, 0.85f}, {-0.3f, 0.85f}}, true);
  pen.bar(-0.3f, -0.3f, 0.3f, 0.3f);
}

void draw_receptive_field(const Pen& pen) {
  // One cell above sees three, which see five.
  pen.line({{-0.2f, -0.75f}, {0.2f, -0.75f}});
  pen.line({{-0.5f, 0}, {0.5f, 0}});
  pen.line({{-0.85f, 0.75f}, {0.85f, 0.75f}});
  pen.line({{-0.2f, -0.75f}, {-0.85f, 0.75f}});
  pen.line({{0.2f, -0.75f}, {0.85f, 0.75f}});
}

void draw_brush(const Pen& pen) {
  // A handle, and a tip full of paint.
  pen.line({{0.85f, -0.85f}, {-0.1f, 0.1f}});
  pen.triangle({-0.3f, -0.2f}, {0.2f, 0.3f}, {-0.85f, 0.85f});
}

void draw_eraser(const Pen& pen) {
  pen.line({{-0.85f, 0.2f}, {0.1f, -0.75f}, {0.75f, -0.1f}, {-0.2f, 0.85f}}, true);
  pen.line({{-0.45f, -0.2f}, {0.2f, 0.45f}});
  pen.line({{-0.2f, 0.85f}, {0.85f, 0.85f}});
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float size, float weight, ImU32 color) {
  const Pen pen{
      list, {std::floor(center.x) + 0.5f, std::floor(center.y) + 0.5f}, size / 2, weight, color};
  switch (icon) {
    case Icon::kUndo:
      return draw_curved_arrow(pen, -1);
    case Icon::kRedo:
      return draw_curved_arrow(pen, 1);
    case Icon::kReset:
      pen.line({{-0.7f, 1.0f}, {0.7f, 1.0f}});
      return draw_curved_arrow(pen, -1);
    case Icon::kOpen:
    case Icon::kSave:
      return draw_file(pen, icon);
    case Icon::kTheme:
      return draw_theme(pen);
    case Icon::kHelp:
      return;  // drawn as a letter instead; see the top bar
    case Icon::kLessons:
      return draw_side(pen, -1);
    case Icon::kInspector:
      return draw_side(pen, 1);
    case Icon::kPlus:
      pen.line({{0, -0.6f}, {0, 0.6f}});
      [[fallthrough]];
    case Icon::kMinus:
      pen.line({{-0.6f, 0}, {0.6f, 0}});
      return;
    case Icon::kClose:
      pen.line({{-0.5f, -0.5f}, {0.5f, 0.5f}});
      pen.line({{0.5f, -0.5f}, {-0.5f, 0.5f}});
      return;
    case Icon::kCopy:
      pen.line({{-0.7f, 0.4f}, {-0.7f, -0.75f}, {0.25f, -0.75f}});
      pen.line({{-0.25f, -0.3f}, {0.7f, -0.3f}, {0.7f, 0.8f}, {-0.25f, 0.8f}}, true);
      return;
    case Icon::kBack:
      return pen.line({{0.25f, -0.6f}, {-0.3f, 0}, {0.25f, 0.6f}});
    case Icon::kOnward:
      return pen.line({{-0.25f, -0.6f}, {0.3f, 0}, {-0.25f, 0.6f}});
    case Icon::kGuided:
      return draw_bars(pen);
    case Icon::kFlat:
      return draw_grid(pen);
    case Icon::kVolume:
      return draw_cube(pen);
    case Icon::kStrip:
      return draw_strip(pen);
    case Icon::kNeuron:
      return draw_neuron(pen);
    case Icon::kMatrix:
      return draw_matrix(pen);
    case Icon::kDescent:
      return draw_descent(pen);
    case Icon::kCoverage:
      return draw_coverage(pen);
    case Icon::kReceptiveField:
      return draw_receptive_field(pen);
    case Icon::kPointer:
      return pen.line({{-0.45f, -0.85f},
                       {-0.45f, 0.6f},
                       {-0.1f, 0.25f},
                       {0.15f, 0.85f},
                       {0.42f, 0.73f},
                       {0.17f, 0.15f},
                       {0.65f, 0.15f}},
                      true);
    case Icon::kBrush:
      return draw_brush(pen);
    case Icon::kEraser:
      return draw_eraser(pen);
    case Icon::kLoupe:
      pen.list.AddCircle(pen.at(-0.2f, -0.2f), 0.6f * pen.half, pen.color, 24, pen.weight);
      return pen.line({{0.25f, 0.25f}, {0.85f, 0.85f}});
    case Icon::kCompare:
      pen.line({{-0.9f, -0.6f}, {-0.15f, -0.6f}, {-0.15f, 0.6f}, {-0.9f, 0.6f}}, true);
      return pen.bar(0.2f, -0.6f, 0.9f, 0.6f);
    case Icon::kSplit:
      pen.line({{-0.85f, -0.65f}, {0.85f, -0.65f}, {0.85f, 0.65f}, {-0.85f, 0.65f}}, true);
      return pen.bar(0, -0.95f, 0.85f, 0.65f);
    default:
      return draw_transport(pen, icon);
  }
}

}  // namespace convscope::panels::widgets

// Code shared by the views: visible cells, the camera, lines of text.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "core/picture/kit/camera.h"
#include "core/picture/kit/fit.h"
#include "core/picture/kit/plane.h"
#include "core/picture/kit/runs.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

constexpr Rect kEverything = {-1000, -1000, 2000, 2000};

TEST(KitPlane, ARingIsVisitedOncePerCell) {
  const kit::Plane plane = kit::plane_at(0, 0, {2, 3}, 10);
  std::set<std::pair<std::int64_t, std::int64_t>> cells;
  int visits = 0;
  kit::for_ring(
      plane, {1, 1, 2, 0}, kEverything, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
        EXPECT_EQ(cell, (Rect{static_cast<float>(10 * x), static_cast<float>(10 * y), 10, 10}));
        EXPECT_TRUE(y < 0 || y >= 2 || x < 0 || x >= 3);
        cells.insert({y, x});
        ++visits;
      });
  EXPECT_EQ(visits, 14);  // 4 rows of 5 cells around 2 rows of 3
  EXPECT_EQ(cells.size(), 14U);
}

TEST(KitPlane, OnlyVisibleCellsAreVisited) {
  const kit::Plane plane = kit::plane_at(0, 0, {4, 4}, 10);
  int visits = 0;
  kit::for_cells(plane, {15, 0, 10, 10}, [&](auto, auto, const Rect&) { ++visits; });
  EXPECT_EQ(visits, 2);  // from the middle of one cell to the middle of the next
}

TEST(KitCamera, ZoomsAboutTheCentreAndPansByTheHeight) {
  const kit::CameraView view({.zoom = 2, .pan_x = 0.5, .pan_y = 0}, {0, 0, 200, 100});
  kit::Plane plane = kit::plane_at(90, 50, {1, 1}, 10);
  view.move(plane);
  EXPECT_EQ(plane.rect, (Rect{130, 50, 20, 20}));
  EXPECT_EQ(plane.cell, 20);
}

TEST(KitCamera, MovesNothingBeforeItIsUsed) {
  const kit::CameraView view(session::Camera{}, {0.1F, 0.1F, 33.3F, 7.7F});
  EXPECT_EQ(view.x(0.3F), 0.3F);
  EXPECT_EQ(view.y(1e6F + 0.5F), 1e6F + 0.5F);
}

TEST(KitRuns, TheLongestTextThatFitsIsUsed) {
  const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
  Picture picture;
  const kit::Canvas canvas{picture, palette_of(session::Theme::kDark), golden_metrics(), locale};
  const std::vector<kit::Runs> ways = {{{"weight (1, 1, 3, 3)", {}}}, {{"weight", {}}}};
  const float full = kit::width_of(canvas, ways[0], 10);
  EXPECT_EQ(&kit::fitting(canvas, ways, 10, full + 0.1F), &ways[0]);
  EXPECT_EQ(&kit::fitting(canvas, ways, 10, full - 0.1F), &ways[1]);
  EXPECT_EQ(&kit::fitting(canvas, ways, 10, 1), &ways[1]);
}

// Two columns of 4 and 2 cells, with 10 pixels between them and 20 for text above: (130 - 10) / 6
// across, (100 - 20) / 5 down.
TEST(Fit, FindsTheLargestCell) {
  kit::Table table(10, 0);
  table.add({.row = 0, .column = 0, .w = {.per_cell = 4}, .h = {.per_cell = 5}, .above = 20});
  table.add({.row = 0, .column = 1, .w = {.per_cell = 2}, .h = {.per_cell = 2}, .above = 20});
  EXPECT_FLOAT_EQ(table.largest_cell(130, 1000, 76), 20);
  EXPECT_FLOAT_EQ(table.largest_cell(130, 100, 76), 16);
  EXPECT_FLOAT_EQ(table.largest_cell(9000, 9000, 76), 76);
  EXPECT_FLOAT_EQ(table.largest_cell(9000, 19, 76), 0);
}

// Text of 50 pixels widens a column of 2 cells; the others share the remaining width.
TEST(Fit, AColumnIsAsWideAsItsWidestItem) {
  kit::Table table(0, 0);
  table.add({.column = 0, .w = {.per_cell = 2}});
  table.add({.column = 0, .w = {.fixed = 50}});
  table.add({.column = 1, .w = {.per_cell = 1, .most = 30}});
  EXPECT_EQ(table.widths(10), (std::vector<float>{50, 10}));
  EXPECT_EQ(table.widths(40), (std::vector<float>{80, 30}));
  EXPECT_FLOAT_EQ(table.largest_cell(110, 1, 76), 40);
}

TEST(Fit, PlacesItemsInTheMiddleBetweenTheirWords) {
  kit::Table table(10, 6);
  table.add({.row = 0, .column = 0, .w = {.fixed = 40}, .h = {.fixed = 40}, .above = 20});
  table.add({.row = 0, .column = 1, .w = {.fixed = 20}, .h = {.fixed = 20}, .below = 4});
  table.add({.row = 1, .column = 1, .w = {.fixed = 10}, .h = {.fixed = 14}});
  // 70 of 90 pixels wide, 60 + 6 + 14 of 100 high.
  const std::vector<Rect> places = table.places(1, {100, 200, 90, 100});
  EXPECT_EQ(places[0], (Rect{110, 230, 40, 40}));
  EXPECT_EQ(places[1], (Rect{160, 228, 20, 20}));
  EXPECT_EQ(places[2], (Rect{165, 276, 10, 14}));
}

}  // namespace
}  // namespace convscope::picture

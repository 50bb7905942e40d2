#include <gtest/gtest.h>

#include <cmath>

#include "core/picture/display/target_rect.h"
#include "core/picture/svg/svg.h"
#include "core/picture/volume/layout.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage volume_of(const std::string& lesson, session::Theme theme = session::Theme::kDark,
                lesson::Language language = lesson::Language::kEnglish) {
  Stage stage(lesson, theme, language);
  stage.apply(session::action::SetCodeStrip{lesson::CodeStrip::kNone});
  stage.apply(session::action::SetView{lesson::View::kVolume});
  return stage;
}

Point middle_of(const Polygon& polygon) {
  Point sum;
  for (const Point& p : polygon.points) {
    sum = {sum.x + p.x, sum.y + p.y};
  }
  const auto count = static_cast<float>(polygon.points.size());
  return {sum.x / count, sum.y / count};
}

constexpr float kClose = 1e-3F;

// From the front, space is the stage; turned by 90 degrees, x points away from the viewer.
TEST(Projection, AxesOfKnownViews) {
  const volume::Projection front = volume::projection_of({.yaw = 0, .pitch = 0});
  EXPECT_NEAR(front.x.x, 1, kClose);
  EXPECT_NEAR(front.x.y, 0, kClose);
  EXPECT_NEAR(front.y.y, 1, kClose);
  EXPECT_NEAR(front.z.x, 0, kClose);
  EXPECT_NEAR(front.z.y, 0, kClose);
  EXPECT_TRUE(volume::is_visible(front, volume::Side::kFront));
  EXPECT_FALSE(volume::is_visible(front, volume::Side::kBack));
  EXPECT_FALSE(volume::is_visible(front, volume::Side::kTop));
  EXPECT_FALSE(volume::is_visible(front, volume::Side::kRight));
  const volume::Projection side = volume::projection_of({.yaw = 90, .pitch = 0});
  EXPECT_NEAR(side.x.x, 0, kClose);
  EXPECT_NEAR(side.z.x, 1, kClose);
  EXPECT_TRUE(volume::is_visible(side, volume::Side::kRight));
  const volume::Projection above = volume::projection_of({.yaw = 0, .pitch = 89});
  EXPECT_NEAR(above.z.y, -1, kClose) << "what is far away is up";
  EXPECT_TRUE(volume::is_visible(above, volume::Side::kTop));
}

// An orthographic view keeps every axis' share of one length: x² + y² + depth² = 1.
TEST(Projection, LengthsArePreserved) {
  for (const double yaw : {-170.0, -30.0, 0.0, 45.0, 120.0}) {
    for (const double pitch : {-80.0, -10.0, 25.0, 89.0}) {
      const volume::Projection p = volume::projection_of({.yaw = yaw, .pitch = pitch});
      EXPECT_NEAR(p.x.x * p.x.x + p.x.y * p.x.y + p.depth[0] * p.depth[0], 1, kClose);
      EXPECT_NEAR(p.y.x * p.y.x + p.y.y * p.y.y + p.depth[1] * p.depth[1], 1, kClose);
      EXPECT_NEAR(p.z.x * p.z.x + p.z.y * p.z.y + p.depth[2] * p.depth[2], 1, kClose);
    }
  }
}

TEST(Block, ThreeEdgesOfABoxAreHidden) {
  for (const double yaw : {-150.0, -30.0, 30.0, 150.0}) {
    const volume::Block block{.projection = volume::projection_of({.yaw = yaw, .pitch = 25}),
                              .unit = 10,
                              .slabs = 2,
                              .h = 3,
                              .w = 4};
    int hidden = 0;
    int front = 0;
    for (const volume::Edge& edge : volume::edges_of(block, block.whole())) {
      hidden += edge.hidden ? 1 : 0;
      front += edge.front ? 1 : 0;
    }
    EXPECT_EQ(hidden, 3);
    EXPECT_EQ(front, 4);
  }
}

TEST(Block, PatchesCoverEveryCellOfTheVisibleFacesOnce) {
  const volume::Block block{.projection = volume::projection_of({.yaw = 30, .pitch = 25}),
                            .unit = 1,
                            .slabs = 3,
                            .h = 101,
                            .w = 70};
  const volume::PatchSize size = volume::patch_size(block, 2.5F, 2000);
  std::int64_t cells = 0;
  std::int64_t patches = 0;
  volume::each_patch(block, 0, block.slabs, size, [&](const volume::FacePatch& patch) {
    cells += (patch.z1 - patch.z0) * (patch.y1 - patch.y0) * (patch.x1 - patch.x0);
    ++patches;
  });
  EXPECT_EQ(cells, 101 * 70 + 3 * 101 + 3 * 70);
  EXPECT_LE(patches, 2000);
}

// Every visible cell has a target where it is drawn, so that it can be hovered and edited.
TEST(VolumeView, VisibleCellsAnswerWhereTheyAre) {
  for (const session::Orbit orbit :
       {session::Orbit{30, 25}, session::Orbit{-40, -30}, session::Orbit{0, 0}}) {
    Stage stage = volume_of("one-filter-depth");
    stage.apply(session::action::SetOrbit{orbit});
    stage.apply(session::action::GoTo{13});
    const Picture picture = compose_stage(stage);
    int found = 0;
    for (const Record& record : picture.records) {
      const auto* face = std::get_if<Polygon>(&record);
      if (face != nullptr && face->target) {
        EXPECT_EQ(hit(picture, middle_of(*face)), face->target);
        ++found;
      }
    }
    // Front, top and side of the input, of the filter and of the map.
    const int faces = orbit.yaw == 0 ? 64 + 9 + 36 : 64 + 24 + 24 + 9 + 9 + 9 + 36 + 6 + 6;
    EXPECT_EQ(found, faces) << orbit.yaw;
  }
}

TEST(VolumeView, TheFrontShowsTheFirstChannel) {
  Stage stage = volume_of("one-filter-depth");
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(target_rect(picture, {session::TensorRole::kInput, {0, 0, 4, 4}}));
  EXPECT_FALSE(target_rect(picture, {session::TensorRole::kInput, {0, 1, 4, 4}})) << "it is inside";
  EXPECT_TRUE(target_rect(picture, {session::TensorRole::kInput, {0, 2, 0, 4}})) << "on top";
}

// The window is a box: the front cells it covers are inside the frame around its projection.
TEST(VolumeView, TheWindowsBoxContainsItsCells) {
  Stage stage = volume_of("one-filter-depth");
  stage.apply(session::action::GoTo{14});  // row 2, column 2
  Picture picture = compose_stage(stage);
  const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
  kit::Canvas canvas{picture, palette_of(session::Theme::kDark), golden_metrics(), locale};
  const derive::LayerResult& layer = stage.derived.layers.front();
  const step::Moment moment = *step::moment_of(stage.session, layer);
  const step::WindowScene scene =
      step::window_scene(canvas, stage.session, layer, moment, {1280, 720, 1});
  const volume::Layout layout = volume::lay_out(scene, 1);
  const Rect box = volume::bounds_of(layout.input, {0, 3, 2, 5, 2, 5});
  for (std::int64_t y = 2; y < 5; ++y) {
    for (std::int64_t x = 2; x < 5; ++x) {
      const auto cell = target_rect(picture, {session::TensorRole::kInput, {0, 0, y, x}});
      ASSERT_TRUE(cell);
      EXPECT_GE(cell->x, box.x - 0.1F);
      EXPECT_GE(cell->y, box.y - 0.1F);
      EXPECT_LE(cell->right(), box.right() + 0.1F);
      EXPECT_LE(cell->bottom(), box.bottom() + 0.1F);
    }
  }
}

TEST(VolumeView, BlocksLieOnTheStageAndApart) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "one-filter-depth", "conv2d-3-to-5",
                             "depthwise-separable", "pooling"}) {
    for (const Viewport viewport : {Viewport{980, 560, 1}, Viewport{1280, 720, 1},
                                    Viewport{1920, 1080, 1}, Viewport{3840, 2160, 2}}) {
      for (const session::Orbit orbit :
           {session::Orbit{30, 25}, session::Orbit{-60, -20}, session::Orbit{0, 80}}) {
        Stage stage = volume_of(lesson);
        stage.apply(session::action::SetOrbit{orbit});
        Picture picture;
        const lesson::Locale locale(lesson::Language::kEnglish,
                                    files::asset_text("locale/en.json"));
        kit::Canvas canvas{picture, palette_of(session::Theme::kDark), golden_metrics(), locale,
                           viewport.scale};
        const derive::LayerResult& layer = stage.derived.layers.front();
        const step::Moment moment = *step::moment_of(stage.session, layer);
        const step::WindowScene scene =
            step::window_scene(canvas, stage.session, layer, moment, viewport);
        const volume::Layout layout = volume::lay_out(scene, viewport.scale);
        std::vector<Rect> rects = {
            volume::bounds_of(layout.input, volume::padded_part(scene, layout.input))};
        for (const volume::Block& filter : layout.filters) {
          rects.push_back(volume::bounds_of(filter, filter.whole()));
        }
        rects.push_back(volume::bounds_of(layout.output, layout.output.whole()));
        for (std::size_t i = 0; i < rects.size(); ++i) {
          EXPECT_GE(rects[i].x, scene.main.x - 0.5F) << lesson << " " << orbit.yaw;
          EXPECT_LE(rects[i].right(), scene.main.right() + 0.5F) << lesson << " " << orbit.yaw;
          EXPECT_GE(rects[i].y, scene.main.y - 0.5F) << lesson << " " << orbit.yaw;
          EXPECT_LE(rects[i].bottom(), scene.main.bottom() + 0.5F) << lesson << " " << orbit.yaw;
          for (std::size_t j = i + 1; j < rects.size(); ++j) {
            const bool apart = rects[i].right() <= rects[j].x || rects[i].bottom() <= rects[j].y;
            EXPECT_TRUE(apart) << lesson << " " << viewport.width << ": " << i << " and " << j;
          }
        }
      }
    }
  }
}

// A hundred rows and five maps, without a record per cell.
TEST(VolumeView, LargeTensorsGiveFewRecords) {
  for (const char* lesson : {"conv2d-3-to-5", "photo-edges"}) {
    Stage stage = volume_of(lesson);
    stage.apply(session::action::GoTo{9000});
    EXPECT_LT(compose_stage(stage, {1920, 1080, 1}).records.size(), 7500U) << lesson;
  }
}

TEST(VolumeView, CaptionsCarryShapesAndTheHoveredCellItsValue) {
  Stage stage = volume_of("rgb-same");
  stage.apply(session::action::GoTo{0});
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kInput, {0, 1, 2, 4}}});
  const std::string words = read_aloud(compose_stage(stage));
  EXPECT_NE(words.find("img (1, 3, 5, 5)"), std::string::npos) << words;
  EXPECT_NE(words.find("weight (1, 3, 3, 3)"), std::string::npos) << words;
  EXPECT_NE(words.find("7×7"), std::string::npos) << words;
  EXPECT_NE(words.find("img[0, 1, 2, 4] = 170"), std::string::npos) << "the lecture's G: " << words;
  EXPECT_NE(words.find("\u221225"), std::string::npos) << words;
}

// No canvas, orbit, camera or moment breaks it: every point is finite.
TEST(VolumeView, ComposesOnAnyCanvas) {
  for (const char* lesson : {"rgb-same", "transposed", "pooling", "valid-vs-same"}) {
    Stage stage = volume_of(lesson);
    int turn = 0;
    for (const Viewport viewport : {Viewport{0, 0, 1}, Viewport{64, 64, 1}, Viewport{100, 2000, 1},
                                    Viewport{4000, 70, 3}, Viewport{1280, 720, 1}}) {
      for (const session::Frame frame :
           {session::Frame{0}, session::Frame{1}, session::Frame{130}, session::Frame{777}}) {
        stage.session.clock.frame = frame;
        stage.session.look.orbit = {static_cast<double>(turn * 37 % 360 - 180),
                                    static_cast<double>(turn * 23 % 178 - 89)};
        stage.session.look.camera = {0.2 + turn, 0.1, -0.2};
        stage.session.transient.hover = session::Target{static_cast<session::TensorRole>(turn % 7),
                                                        {0, turn % 3, turn % 5 - 1, turn % 4}};
        ++turn;
        for (const Record& record : compose_stage(stage, viewport).records) {
          if (const auto* face = std::get_if<Polygon>(&record)) {
            for (const Point& p : face->points) {
              ASSERT_TRUE(std::isfinite(p.x) && std::isfinite(p.y)) << lesson;
            }
          } else if (const auto* text = std::get_if<Text>(&record)) {
            ASSERT_TRUE(std::isfinite(text->at.x) && std::isfinite(text->at.y)) << lesson;
            ASSERT_GT(text->size, 0);
          }
        }
      }
    }
  }
}

TEST(VolumeGolden, CrossInTheMiddle) {
  Stage stage = volume_of("cross-5x5");
  stage.apply(session::action::GoTo{4});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/volume_cross_4.svg"));
}

TEST(VolumeGolden, DepthInRussian) {
  Stage stage = volume_of("one-filter-depth", session::Theme::kLight, lesson::Language::kRussian);
  stage.apply(session::action::GoTo{13});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/volume_depth_13.svg"));
}

TEST(VolumeGolden, PaddingAndHover) {
  Stage stage = volume_of("rgb-same", session::Theme::kProjector);
  stage.apply(session::action::GoTo{7});
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kWeight, {0, 0, 0, 1}}});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/volume_rgb_7.svg"));
}

}  // namespace
}  // namespace convscope::picture

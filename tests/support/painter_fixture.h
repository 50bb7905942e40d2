// A painter on a headless context, created once per suite; skips if the machine has no such
// context.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/files/bundled.h"
#include "app/paint/headless.h"
#include "app/paint/painter.h"
#include "core/tensor/problem.h"

namespace convscope {

class PainterFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    try {
      context_ = std::make_unique<paint::HeadlessContext>();
    } catch (const Failure& failure) {
      no_context_ = failure.problem().code;
    }
  }
  static void TearDownTestSuite() {
    painter_.reset();
    context_.reset();
  }
  void SetUp() override {
    if (!context_) {
      ASSERT_EQ(no_context_, "no_headless_gl");
      GTEST_SKIP() << "no headless GL on this machine";
    }
    // Not in SetUpTestSuite: exceptions there skip the tests instead of failing them.
    if (!painter_) {
      metrics_ = files::bundled_metrics();
      painter_ = std::make_unique<paint::Painter>(metrics_);
    }
  }

  static inline std::unique_ptr<paint::HeadlessContext> context_;
  static inline std::string no_context_;
  static inline picture::TextMetrics metrics_;
  static inline std::unique_ptr<paint::Painter> painter_;
};

}  // namespace convscope

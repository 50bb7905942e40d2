#include "app/files/document/pdf.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/files/bundled.h"
#include "tests/app/files/frames.h"

namespace convscope::files {
namespace {

picture::Picture sample() {
  picture::Picture picture;
  picture.width = 400;
  picture.height = 200;
  picture.background = {255, 255, 255};
  picture.records = {
      picture::Box{.rect = {20, 20, 100, 60}, .fill = {255, 0, 0}},
      picture::Box{.rect = {70, 20, 50, 60}, .fill = {0, 0, 255, 128}},
      picture::ClipBegin{{0, 0, 200, 200}},
      picture::Box{.rect = {150, 20, 100, 60}, .fill = {0, 128, 0}},
      picture::ClipEnd{},
      picture::TensorGrid{.rect = {20, 100, 80, 80},
                          .visible = {20, 100, 80, 80},
                          .tensor = Tensor({1, 1, 2, 2}, {0, 1, 1, 0}),
                          .scale = {picture::ColorScale::Kind::kSequential,
                                    0,
                                    1,
                                    {picture::Rgba{0, 0, 0}, {128, 128, 128}, {255, 200, 0}}}},
      picture::Text{.at = {150, 150}, .text = "Sum 42", .size = 20, .color = {0, 0, 0}},
      picture::Text{.at = {150, 180},
                    .text = "Шаг √2",
                    .font = picture::Font::kSansBold,
                    .size = 20,
                    .color = {0, 0, 0}}};
  return picture;
}

class Pdf : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "a.pdf", std::ios::binary) << pdf_of(sample(), bundled_metrics());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // What a program prints about the file.
  std::string told(const std::string& command) const {
    std::string text;
    std::FILE* pipe = popen(("cd '" + folder_.string() + "' && " + command).c_str(), "r");
    char chunk[1024];
    while (const std::size_t count = std::fread(chunk, 1, sizeof chunk, pipe)) {
      text.append(chunk, count);
    }
    EXPECT_EQ(pclose(pipe), 0) << command;
    return text;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      (std::string("convscope-pdf-") +
       ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Pdf, TheSamePictureGivesTheSameBytes) {
  EXPECT_EQ(pdf_of(sample(), bundled_metrics()), pdf_of(sample(), bundled_metrics()));
  EXPECT_EQ(pdf_of(sample(), bundled_metrics()).find("CreationDate (D:202"), std::string::npos);
}

TEST_F(Pdf, ItsFontsAreEmbeddedAndItsTextCanBeCopied) {
  if (!has_program("pdffonts") || !has_program("pdftotext")) {
    GTEST_SKIP() << "no poppler-utils";
  }
  const std::string fonts = told("pdffonts a.pdf | tail -n +3");
  EXPECT_NE(fonts.find("Inter"), std::string::npos) << fonts;
  std::size_t embedded = 0;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < fonts.size(); at = fonts.find('\n', at) + 1) {
    const std::string line = fonts.substr(at, fonts.find('\n', at) - at);
    ++lines;
    embedded += line.find(" yes ") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(lines, 1U);
  EXPECT_EQ(embedded, lines) << fonts;
  const std::string text = told("pdftotext a.pdf -");
  EXPECT_NE(text.find("Sum 42"), std::string::npos) << text;
  EXPECT_NE(text.find("Шаг √2"), std::string::npos) << text;
}

TEST_F(Pdf, LooksLikeThePicture) {
  if (!has_program("pdftoppm")) {
    GTEST_SKIP() << "no poppler-utils";
  }
  told("pdftoppm -r 96 -singlefile a.pdf page");
  std::ifstream in(folder_ / "page.ppm", std::ios::binary);
  std::string kind;
  int width = 0;
  int height = 0;
  int most = 0;
  in >> kind >> width >> height >> most;
  in.get();
  ASSERT_EQ(width, 400);
  ASSERT_EQ(height, 200);
  std::string bytes(static_cast<std::size_t>(width * height * 3), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto expect_color = [&](int x, int y, std::array<int, 3> color) {
    for (int c = 0; c < 3; ++c) {
      const auto at = static_cast<std::size_t>((y * width + x) * 3 + c);
      EXPECT_NEAR(static_cast<unsigned char>(bytes[at]), color[static_cast<std::size_t>(c)], 3)
          << x << " " << y;
    }
  };
  expect_color(10, 10, {255, 255, 255});
  expect_color(40, 50, {255, 0, 0});
  expect_color(90, 50, {127, 0, 128});  // half of blue over red
  expect_color(170, 50, {0, 128, 0});
  expect_color(220, 50, {255, 255, 255});  // clipped away
  expect_color(40, 120, {0, 0, 0});
  expect_color(80, 120, {255, 200, 0});
}

}  // namespace
}  // namespace convscope::files

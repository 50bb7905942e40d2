#include "app/files/system/file_io.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class FileIo : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("convscope-" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

template <typename Action>
Problem problem_of(Action action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.problem();
  }
  return {};
}

TEST_F(FileIo, WhatWasWrittenIsRead) {
  const std::string bytes("a\0b\r\n\xff", 6);
  write_file(folder_ / "x", bytes);
  EXPECT_EQ(read_text_file(folder_ / "x", 6), bytes);
  EXPECT_EQ(entries(), 1u);
  write_file(folder_ / "x", "");
  EXPECT_TRUE(read_file(folder_ / "x", 0).empty());
}

TEST_F(FileIo, AnyNameWorks) {
  for (const char8_t* name : {u8"свёртка.json", u8"a b.json", u8"-"}) {
    write_file(folder_ / name, "1");
    EXPECT_EQ(read_text_file(folder_ / name, 9), "1");
  }
  write_file(folder_ / std::string(255, 'n'), "long");
  EXPECT_EQ(entries(), 4u);
}

TEST_F(FileIo, LimitIsExact) {
  write_file(folder_ / "x", "1234");
  EXPECT_EQ(read_text_file(folder_ / "x", 4), "1234");
  EXPECT_EQ(problem_of([&] { read_file(folder_ / "x", 3); }).code, "file_too_large");
}

TEST_F(FileIo, EachFailureHasItsCode) {
  EXPECT_EQ(problem_of([&] { read_file(folder_ / "none", 9); }).code, "file_missing");
  EXPECT_EQ(problem_of([&] { read_file(folder_, 9); }).code, "file_is_folder");
  EXPECT_EQ(problem_of([&] { write_file(folder_, "x"); }).code, "file_unwritable");
  const Problem problem = problem_of([&] { write_file(folder_ / "none" / "x", "x"); });
  EXPECT_EQ(problem.code, "file_unwritable");
  ASSERT_EQ(problem.values.size(), 2u);
  EXPECT_EQ(problem.values[0].first, "file");
  EXPECT_EQ(problem.values[1].first, "reason");
  EXPECT_EQ(entries(), 0u);
}

TEST_F(FileIo, FolderAsTargetStaysWhole) {
  fs::create_directory(folder_ / "sub");
  EXPECT_EQ(problem_of([&] { write_file(folder_ / "sub", "x"); }).code, "file_unwritable");
  EXPECT_TRUE(fs::is_directory(folder_ / "sub"));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(FileIo, ReplacingKeepsPermissions) {
  write_file(folder_ / "x", "old");
  const auto only_owner = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(folder_ / "x", only_owner);
  write_file(folder_ / "x", "new");
  EXPECT_EQ(fs::status(folder_ / "x").permissions(), only_owner);
  EXPECT_EQ(read_text_file(folder_ / "x", 9), "new");
}

TEST_F(FileIo, SymbolicLinkStays) {
  write_file(folder_ / "x", "old");
  fs::create_symlink("x", folder_ / "link");
  write_file(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_text_file(folder_ / "x", 9), "new");
}

TEST_F(FileIo, WhatASymbolicLinkPromisesIsMade) {
  fs::create_directory(folder_ / "sub");
  fs::create_symlink("sub/x", folder_ / "link");
  fs::create_symlink("link", folder_ / "second");
  check_writable(folder_ / "second");
  write_file(folder_ / "second", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "second"));
  EXPECT_EQ(read_text_file(folder_ / "sub" / "x", 9), "new");
  fs::create_symlink("gone/x", folder_ / "lost");
  EXPECT_EQ(problem_of([&] { write_file(folder_ / "lost", "x"); }).code, "file_unwritable");
}

TEST_F(FileIo, FullDiskIsReported) {
  if (!fs::exists("/dev/full")) {
    GTEST_SKIP() << "no /dev/full here";
  }
  EXPECT_EQ(problem_of([] { write_file("/dev/full", "x"); }).code, "file_unwritable");
  EXPECT_TRUE(fs::exists("/dev/full"));
}

TEST_F(FileIo, DevicesAndPipesAreNotRead) {
  if (!fs::exists("/dev/zero")) {
    GTEST_SKIP() << "no /dev/zero here";
  }
  EXPECT_EQ(problem_of([] { read_file("/dev/zero", 1000); }).code, "file_not_regular");
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(problem_of([&] { read_file(pipe, 1000); }).code, "file_not_regular");
}

TEST_F(FileIo, UnwritableTargetsAreDetectedInAdvance) {
  check_writable(folder_ / "x");
  EXPECT_EQ(entries(), 0u);
  write_file(folder_ / "x", "old");
  check_writable(folder_ / "x");
  EXPECT_EQ(read_text_file(folder_ / "x", 9), "old");
  EXPECT_EQ(problem_of([&] { check_writable(folder_); }).code, "file_unwritable");
  EXPECT_EQ(problem_of([&] { check_writable(folder_ / "none" / "x"); }).code, "file_unwritable");
  EXPECT_EQ(entries(), 1u);
}

}  // namespace
}  // namespace convscope::files

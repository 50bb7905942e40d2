#include "core/tensor/npy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/tensor/problem.h"

namespace convscope {
namespace {

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// A version 1.0 file with this dictionary and raw data, as described in numpy.lib.format.
std::string file(const std::string& dictionary, const std::string& data) {
  std::string result("\x93NUMPY\x01\x00", 8);
  result += static_cast<char>(dictionary.size() & 0xFF);
  result += static_cast<char>(dictionary.size() >> 8);
  return result + dictionary + data;
}

std::string dictionary(const std::string& type, const std::string& shape,
                       const std::string& fortran = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

std::vector<float> values_of(const std::string& bytes) {
  return parse_npy(as_bytes(bytes), "a.npy").values;
}

std::string code_of(const std::string& bytes) {
  try {
    parse_npy(as_bytes(bytes), "a.npy");
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().values.at(0),
              (std::pair<std::string, ProblemValue>{"file", "a.npy"}));
    return failure.problem().code;
  }
  return "";
}

std::string raw(std::initializer_list<int> bytes) {
  std::string result;
  for (const int byte : bytes) {
    result += static_cast<char>(byte);
  }
  return result;
}

TEST(Npy, ReadsEveryElementTypeOfBothByteOrders) {
  const auto read = [](const char* type, const std::string& data) {
    return values_of(file(dictionary(type, "(1,)"), data)).at(0);
  };
  EXPECT_EQ(read("|b1", raw({1})), 1.0F);
  EXPECT_EQ(read("|i1", raw({0xFE})), -2.0F);
  EXPECT_EQ(read("|u1", raw({0xFE})), 254.0F);
  EXPECT_EQ(read("<i2", raw({0xFE, 0xFF})), -2.0F);
  EXPECT_EQ(read(">i2", raw({0xFF, 0xFE})), -2.0F);
  EXPECT_EQ(read("<u2", raw({0x01, 0x02})), 513.0F);
  EXPECT_EQ(read(">u2", raw({0x01, 0x02})), 258.0F);
  EXPECT_EQ(read("<i4", raw({0xFF, 0xFF, 0xFF, 0xFF})), -1.0F);
  EXPECT_EQ(read("<u4", raw({0, 0, 0, 0x80})), 2147483648.0F);
  EXPECT_EQ(read("<i8", raw({0, 0, 0, 0, 0, 0, 0, 0x80})), -9223372036854775808.0F);
  EXPECT_EQ(read(">u8", raw({0x80, 0, 0, 0, 0, 0, 0, 0})), 9223372036854775808.0F);
  EXPECT_EQ(read("<f2", raw({0x00, 0xC0})), -2.0F);
  EXPECT_EQ(read(">f2", raw({0x35, 0x55})), 0.333251953125F);
  EXPECT_EQ(read("<f2", raw({0x01, 0x00})), 0x1p-24F);  // the smallest subnormal
  EXPECT_EQ(read("<f4", raw({0, 0, 0x20, 0xC0})), -2.5F);
  EXPECT_EQ(read(">f4", raw({0xC0, 0x20, 0, 0})), -2.5F);
  EXPECT_EQ(read("<f8", raw({0, 0, 0, 0, 0, 0, 0x04, 0xC0})), -2.5F);
  EXPECT_EQ(read(">f8", raw({0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A})), 0.1F);
}

TEST(Npy, KeepsInfinityAndNan) {
  EXPECT_TRUE(std::isnan(values_of(file(dictionary("<f4", "(1,)"), raw({0, 0, 0xC0, 0x7F})))[0]));
  EXPECT_TRUE(std::isinf(values_of(file(dictionary("<f2", "(1,)"), raw({0x00, 0x7C})))[0]));
  // 1e300 is beyond float32.
  EXPECT_TRUE(std::isinf(values_of(
      file(dictionary("<f8", "(1,)"), raw({0x9C, 0x75, 0x00, 0x88, 0x3C, 0xE4, 0x37, 0x7E})))[0]));
}

TEST(Npy, TurnsFortranOrderIntoRows) {
  // numpy.asfortranarray([[1, 2, 3], [4, 5, 6]]) is stored as 1 4 2 5 3 6.
  const NpyArray array = parse_npy(
      as_bytes(file(dictionary("|u1", "(2, 3)", "True"), raw({1, 4, 2, 5, 3, 6}))), "a.npy");
  EXPECT_EQ(array.values, (std::vector<float>{1, 2, 3, 4, 5, 6}));
  // Three axes: element (i, j, k) of shape (2, 2, 2) is at i + 2j + 4k.
  EXPECT_EQ(values_of(file(dictionary("|u1", "(2, 2, 2)", "True"), raw({0, 1, 2, 3, 4, 5, 6, 7}))),
            (std::vector<float>{0, 4, 2, 6, 1, 5, 3, 7}));
}

TEST(Npy, ReadsVersionsTwoAndThree) {
  const std::string text = dictionary("|u1", "(2,)");
  for (const int version : {2, 3}) {
    const std::string bytes = "\x93NUMPY" +
                              raw({version, 0, static_cast<int>(text.size()), 0, 0, 0}) + text +
                              raw({8, 9});
    EXPECT_EQ(values_of(bytes), (std::vector<float>{8, 9}));
  }
}

TEST(Npy, TakesKeysInAnyOrderAndAnyQuotes) {
  EXPECT_EQ(
      values_of(file("{\"shape\":(2L,),\"descr\":\"|u1\",\"fortran_order\":False}", raw({8, 9}))),
      (std::vector<float>{8, 9}));
  EXPECT_EQ(values_of(file(dictionary("|u1", "()"), raw({8}))), (std::vector<float>{8}));
  EXPECT_TRUE(values_of(file(dictionary("|u1", "(0, 2147483648)"), "")).empty());
}

TEST(Npy, WritesWhatNumpyWrites) {
  // numpy.save of float32 [[1.5, -2]]: the data start at byte 128 (a multiple of 64).
  const std::vector<std::int64_t> shape = {1, 2};
  const std::vector<float> values = {1.5F, -2.0F};
  const std::string bytes = npy_bytes(shape, values);
  const std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
  EXPECT_EQ(bytes, file(text + std::string(128 - 10 - text.size() - 1, ' ') + "\n",
                        raw({0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0})));
  const std::vector<std::int64_t> one = {2};
  EXPECT_NE(npy_bytes(one, values).find("'shape': (2,), }"), std::string::npos);
  EXPECT_EQ(parse_npy(as_bytes(npy_bytes(one, values)), "a.npy").values, values);
}

TEST(Npy, MakesTensorsOfRankOneToFour) {
  EXPECT_EQ(tensor_from_npy({{3}, {1, 2, 3}}, "a.npy").shape(), (Shape{1, 1, 1, 3}));
  EXPECT_EQ(tensor_from_npy({{3, 1, 1}, {1, 2, 3}}, "a.npy").shape(), (Shape{1, 3, 1, 1}));
  EXPECT_EQ(tensor_from_npy({{1, 1, 3, 1}, {1, 2, 3}}, "a.npy").shape(), (Shape{1, 1, 3, 1}));
  EXPECT_THROW(tensor_from_npy({{}, {1}}, "a.npy"), Failure);
  EXPECT_THROW(tensor_from_npy({{1, 1, 1, 1, 1}, {1}}, "a.npy"), Failure);
}

TEST(NpyHostile, NotAnNpyFile) {
  EXPECT_EQ(code_of(""), "npy_magic");
  EXPECT_EQ(code_of("\x93NUMP"), "npy_magic");
  EXPECT_EQ(code_of("PK\x03\x04 and so on"), "npy_magic");
}

TEST(NpyHostile, Versions) {
  EXPECT_EQ(code_of("\x93NUMPY" + raw({4, 0, 0, 0, 0, 0})), "npy_version");
  EXPECT_EQ(code_of("\x93NUMPY" + raw({0, 0, 0, 0, 0, 0})), "npy_version");
  EXPECT_EQ(code_of("\x93NUMPY" + raw({1, 1, 0, 0, 0, 0})), "npy_version");
}

TEST(NpyHostile, HeaderLengths) {
  EXPECT_EQ(code_of("\x93NUMPY" + raw({1, 0, 0xFF, 0xFF})), "npy_header");
  EXPECT_EQ(code_of("\x93NUMPY" + raw({2, 0, 0xFF, 0xFF, 0xFF, 0xFF})), "npy_header");
  EXPECT_EQ(code_of("\x93NUMPY" + raw({2, 0, 0xFF})), "npy_header");
  EXPECT_EQ(code_of(file("", "")), "npy_header");
}

TEST(NpyHostile, Dictionaries) {
  for (const char* text :
       {"{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,)}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 4}", "{'descr': '<f4", "{'descr'",
        "{descr: 1}", "\0\0\0\0"}) {
    EXPECT_EQ(code_of(file(text, raw({0, 0, 0, 0}))), "npy_header") << text;
  }
  std::string many = "(";
  for (int i = 0; i < 40; ++i) {
    many += "1, ";
  }
  EXPECT_EQ(code_of(file(dictionary("<f4", many + ")"), raw({0, 0, 0, 0}))), "npy_header");
}

TEST(NpyHostile, ElementTypes) {
  for (const char* type : {"<f1", "<f3", "<c8", "|O8", "<U1", "|b2", "<f16", "", "f4", "<M8",
                           "\x01\xFF\n", "a text that goes on and on and on and on and on"}) {
    EXPECT_EQ(code_of(file(dictionary(type, "(1,)"), raw({0, 0, 0, 0}))), "npy_dtype") << type;
  }
  EXPECT_EQ(code_of(file("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", "")),
            "npy_records");
}

TEST(NpyHostile, Shapes) {
  EXPECT_EQ(code_of(file(dictionary("<f4", "(-1,)"), "")), "npy_negative");
  for (const char* shape :
       {"(2147483649,)", "(9223372036854775807, 2)", "(99999999999999999999999,)",
        "(2147483648, 2147483648, 2147483648, 0)", "(65536, 65536, 65536, 65536)"}) {
    EXPECT_EQ(code_of(file(dictionary("<f4", shape), "")), "npy_too_large") << shape;
  }
}

TEST(NpyHostile, DataThatIsTooShortOrTooLong) {
  EXPECT_EQ(code_of(file(dictionary("<f4", "(2,)"), raw({0, 0, 0, 0, 0, 0, 0}))), "npy_truncated");
  EXPECT_EQ(code_of(file(dictionary("<f8", "(2147483648,)"), raw({0}))), "npy_truncated");
  EXPECT_EQ(code_of(file(dictionary("<f4", "(1,)"), raw({0, 0, 0, 0, 0}))), "npy_trailing");
}

TEST(NpyHostile, EveryPrefixAndEveryFlippedByteIsReadOrRefused) {
  const std::vector<std::int64_t> shape = {2, 3};
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  const std::string whole = npy_bytes(shape, values);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(code_of(whole.substr(0, length)), "") << length;
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {1, 0x10, 0x80, 0xFF}) {
      std::string broken = whole;
      broken[i] = static_cast<char>(broken[i] ^ change);
      try {
        EXPECT_LE(parse_npy(as_bytes(broken), "a.npy").values.size(), 24U);
      } catch (const Failure& failure) {
        EXPECT_TRUE(failure.problem().code.starts_with("npy_"));
      }
    }
  }
}

}  // namespace
}  // namespace convscope

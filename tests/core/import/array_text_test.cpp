#include "core/import/arrays/array_text.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::place_of;
using testing::value_of;

using Values = std::vector<float>;

Values values_of(std::string_view text) {
  const Tensor tensor = value_of(read_array_text(text)).tensor;
  return {tensor.values().begin(), tensor.values().end()};
}

Shape shape_of(std::string_view text) { return value_of(read_array_text(text)).tensor.shape(); }

std::string problem(std::string_view text) { return place_of(read_array_text(text)); }

TEST(ArrayText, ReadsWhatNumPyAndPyTorchPrint) {
  for (const auto& one : testing::golden_cases("arrays.json")) {
    const std::string text = one.at("text");
    SCOPED_TRACE(text);
    const auto shape = one.at("shape").get<std::vector<std::int64_t>>();
    const auto values = one.at("values").get<Values>();
    const PastedArray array = value_of(read_array_text(text));
    std::vector<std::int64_t> sides = shape;
    sides.insert(sides.begin(), 4 - shape.size(), 1);
    EXPECT_EQ(array.tensor.shape(), (Shape{sides[0], sides[1], sides[2], sides[3]}));
    EXPECT_EQ(array.rank, std::ssize(shape));
    EXPECT_EQ(values_of(text), values);
  }
}

TEST(ArrayText, ReadsRowsOfASpreadsheet) {
  EXPECT_EQ(shape_of("1\t2\t3\n4\t5\t6\n"), (Shape{1, 1, 2, 3}));
  EXPECT_EQ(values_of("1\t2\t3\r\n4\t5\t6\r\n"), (Values{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values_of("1,5\t2\t-0,25"), (Values{1.5F, 2, -0.25F}));
  EXPECT_EQ(values_of("1,5;2;3\n4;5;6,5"), (Values{1.5F, 2, 3, 4, 5, 6.5F}));
  EXPECT_EQ(values_of("1.5, 2, 3\n4, 5, 6\n"), (Values{1.5F, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values_of("1,2,3,\n4,5,6,\n"), (Values{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values_of("1,5 2,5\n3 4"), (Values{1.5F, 2.5F, 3, 4}));
  EXPECT_EQ(values_of("  1   2 3\n 4 5   6  "), (Values{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values_of("\"1.5\",\"2\"\n\"3\",\"4\""), (Values{1.5F, 2, 3, 4}));
  EXPECT_EQ(shape_of("7"), (Shape{1, 1, 1, 1}));
  EXPECT_EQ(shape_of("1\n2\n3"), (Shape{1, 1, 3, 1}));
  EXPECT_EQ(value_of(read_array_text("1 2 3")).rank, 1);
}

TEST(ArrayText, ABlankLineBeginsTheNextChannel) {
  EXPECT_EQ(shape_of("1 2\n3 4\n\n5 6\n7 8\n\n\n"), (Shape{1, 2, 2, 2}));
  EXPECT_EQ(values_of("\n1 2\n3 4\n \n5 6\n7 8"), (Values{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(problem("1 2\n3 4\n\n5 6"), "array_ragged 4:1");
}

TEST(ArrayText, ReadsListsOfPythonAndOfC) {
  EXPECT_EQ(values_of("[[1, 2], [3, 4]]"), (Values{1, 2, 3, 4}));
  EXPECT_EQ(values_of("kernel = np.array([[1, 2],\n [3, 4],], dtype=np.float32)  # mine"),
            (Values{1, 2, 3, 4}));
  EXPECT_EQ(values_of("float w[2][2] = {{1.0f, 2.f}, {-3, .5F}};"), (Values{1, 2, -3, 0.5F}));
  EXPECT_EQ(values_of("((1, 2), (3, 4))"), (Values{1, 2, 3, 4}));
  EXPECT_EQ(problem("torch.tensor([[1, 2]]).unsqueeze(0)"), "array_trailing 1:23");
}

// numpy.ones((3, 3)) / 9 is a box filter; the sides are no data.
TEST(ArrayText, MakesOnesZerosAndEye) {
  EXPECT_EQ(shape_of("kernel = np.ones((3, 2)) / 4"), (Shape{1, 1, 3, 2}));
  EXPECT_EQ(values_of("torch.ones(2, 2) / 4"), (Values{0.25F, 0.25F, 0.25F, 0.25F}));
  EXPECT_EQ(shape_of("np.zeros([1, 3, 8, 8], dtype=np.float32)"), (Shape{1, 3, 8, 8}));
  EXPECT_EQ(values_of("2 * np.eye(2)"), (Values{2, 0, 0, 2}));
  EXPECT_EQ(shape_of("eye(2, 3)"), (Shape{1, 1, 2, 3}));
  EXPECT_EQ(problem("torch.zeros(99999, 99999)"), "array_not_number 1:1");
  EXPECT_EQ(problem("np.eye(99999)"), "array_not_number 1:1");
  EXPECT_EQ(problem("np.ones(n)"), "array_not_number 1:1");
  EXPECT_EQ(problem("np.random.rand(3, 3)"), "array_not_number 1:1");
  EXPECT_EQ(problem("torch.Size([3, 3])"), "array_not_number 1:1");
  EXPECT_EQ(problem("np.random.normal((3, 3))"), "array_not_number 1:1");
  EXPECT_EQ(values_of("np.array((1, 2))"), (Values{1, 2}));
}

TEST(ArrayText, ReadsAJsonObjectWithOneName) {
  EXPECT_EQ(values_of(R"({"w": [[1, 2], [3, 4]]})"), (Values{1, 2, 3, 4}));
  EXPECT_EQ(shape_of(R"({ "data" : {"values": [1, 2], }})"), (Shape{1, 1, 1, 2}));
  EXPECT_EQ(problem(R"({"a": [1], "b": [2]})"), "array_not_number 1:12");
  EXPECT_EQ(problem(R"({"a)"), "array_not_number 1:1");
}

TEST(ArrayText, TakesTheRowsOfAListAlone) {
  EXPECT_EQ(shape_of("[1, 2, 3],\n[4, 5, 6],\n"), (Shape{1, 1, 2, 3}));
  EXPECT_EQ(shape_of("[1 2 3]\n[4 5 6]"), (Shape{1, 1, 2, 3}));
}

// list(array) as NumPy 2 prints it, and a list of PyTorch's scalars.
TEST(ArrayText, ReadsListsOfPrintedScalars) {
  EXPECT_EQ(values_of("[np.float64(0.5), np.float32(-2.0), np.int64(3)]"), (Values{0.5F, -2, 3}));
  EXPECT_EQ(values_of("[tensor(1), tensor(2.5, device='cuda:0')]"), (Values{1, 2.5F}));
  EXPECT_EQ(problem("[1, sqrt(2)]"), "array_not_number 1:5");
  EXPECT_EQ(problem("[np.float64, 1]"), "array_not_number 1:2");
  EXPECT_EQ(problem("[np.float64(1, 2]"), "array_unclosed 1:12");
}

TEST(ArrayText, TakesAFactorBesideAList) {
  EXPECT_EQ(values_of("np.array([[1, 2], [2, 4]]) / 4"), (Values{0.25F, 0.5F, 0.5F, 1}));
  EXPECT_EQ(values_of("1/8 * [[1, 2], [2, 4]]"), (Values{0.125F, 0.25F, 0.25F, 0.5F}));
  EXPECT_EQ(values_of("(1/8) * [2 4]"), (Values{0.25F, 0.5F}));
  EXPECT_EQ(problem("[1, 2] / 0"), "array_zero_divisor 1:10");
}

TEST(ArrayText, ReadsMatlab) {
  EXPECT_EQ(shape_of("[1 2; 3 4; 5 6]"), (Shape{1, 1, 3, 2}));
  EXPECT_EQ(values_of("A = [1 2\n     3 4];"), (Values{1, 2, 3, 4}));
  EXPECT_EQ(shape_of("[1 2\n3 4]"), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(shape_of("[1;2;3]"), (Shape{1, 1, 3, 1}));
  EXPECT_EQ(shape_of("1 2; 3 4"), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(values_of("A =\n\n     1     2\n     3     4\n\n"), (Values{1, 2, 3, 4}));
}

// After the documentation of MATLAB's "format short": wide arrays come in blocks of columns.
// As MATLAB prints what is not double, Octave eye(2), and Julia.
TEST(ArrayText, SkipsTheHeadingThatNamesTheKind) {
  EXPECT_EQ(values_of("ans =\n\n  2\u00D72 single matrix\n\n    1.5000    2.0000\n    3    4\n"),
            (Values{1.5F, 2, 3, 4}));
  EXPECT_EQ(values_of("ans =\n\nDiagonal Matrix\n\n   1   0\n   0   1\n\n"), (Values{1, 0, 0, 1}));
  EXPECT_EQ(values_of("2\u00D72 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0"), (Values{1, 2, 3, 4}));
}

TEST(ArrayText, ReadsMatlabsBlocksOfColumns) {
  const char* text = R"(
ans =

   1.0e+03 *

  Columns 1 through 3

    0.0010    0.0020    1.0000
    0.0040    0.0050    2.0000

  Columns 4 through 5

    0.5000   -0.2500
    1.5000         0
)";
  EXPECT_EQ(shape_of(text), (Shape{1, 1, 2, 5}));
  EXPECT_EQ(values_of(text), (Values{1, 2, 1000, 500, -250, 4, 5, 2000, 1500, 0}));
  EXPECT_EQ(values_of("x =\n\n Columns 1 and 2:\n\n 1 2\n\n Column 3:\n\n 3\n"), (Values{1, 2, 3}));
  EXPECT_EQ(problem("x =\n Columns 1 and 2:\n 1 2\n 3 4\n Column 3:\n 3\n"),
            "array_ragged_blocks 6:2");
}

TEST(ArrayText, ReadsMatlabsThirdIndexAsTheChannel) {
  const char* text =
      "ans(:,:,1) =\n\n     1     2\n     3     4\n\n\nans(:,:,2) =\n\n     5     6\n"
      "     7     8\n";
  EXPECT_EQ(shape_of(text), (Shape{1, 2, 2, 2}));
  EXPECT_EQ(values_of(text), (Values{1, 2, 3, 4, 5, 6, 7, 8}));
  const char* four =
      "ans(:,:,1,1) =\n 1\nans(:,:,2,1) =\n 2\nans(:,:,1,2) =\n 3\n"
      "ans(:,:,2,2) =\n 4\n";
  EXPECT_EQ(shape_of(four), (Shape{2, 2, 1, 1}));
  EXPECT_EQ(values_of(four), (Values{1, 2, 3, 4}));
}

TEST(ArrayText, ReadsFractionsAndSignsOfWordProcessors) {
  EXPECT_EQ(values_of("1/4 1/2\n-1/8 1"), (Values{0.25F, 0.5F, -0.125F, 1}));
  EXPECT_EQ(values_of("\u22121 2\u00A03"), (Values{-1, 2, 3}));
  EXPECT_EQ(values_of("[\u20131, 1/3]")[0], -1.0F);
  EXPECT_EQ(values_of("\uFEFF1 2"), (Values{1, 2}));
  EXPECT_EQ(problem("1/0"), "array_zero_divisor 1:3");
}

TEST(ArrayText, TakesNumbersUpToTheLimitOfFloat32) {
  EXPECT_EQ(values_of("3.4028234e38 1e-46 1e-999 -0"),
            (Values{std::numeric_limits<float>::max(), 0, 0, 0}));
  EXPECT_EQ(problem("1 2\n3 1e40"), "array_number_too_large 2:3");
  EXPECT_EQ(problem("[[1, 2],\n [3, 1e999]]"), "array_number_too_large 2:6");
  EXPECT_EQ(problem("-1e999"), "array_number_too_large 1:1");
  EXPECT_EQ(problem(std::string(400, '9')), "array_number_too_large 1:1");
  EXPECT_EQ(values_of("0." + std::string(400, '0') + "1"), Values{0});
}

TEST(ArrayText, RefusesNonFiniteNumbers) {
  EXPECT_EQ(problem("1 nan"), "array_not_finite 1:3");
  EXPECT_EQ(problem("[1, -inf]"), "array_not_finite 1:5");
  EXPECT_EQ(problem("[[1., NaN]]"), "array_not_finite 1:7");
  EXPECT_EQ(problem("Inf 1"), "array_not_finite 1:1");
  EXPECT_EQ(problem("nan nan\n1 2"), "array_not_finite 1:1");
  EXPECT_EQ(problem("nan 1\nnan 2"), "array_not_finite 1:1");
}

TEST(ArrayText, NamesTheWordThatIsNotANumber) {
  const auto result = read_array_text("x\t3\n1\ty");
  EXPECT_EQ(place_of(result), "array_not_number 1:1");
  EXPECT_EQ(testing::word_of(std::get<Problem>(result), "word"), "x");
  EXPECT_EQ(problem("1 2\n3 4px"), "array_not_number 2:3");
  EXPECT_EQ(problem("1\t1,234.5"), "array_not_number 1:3");
  EXPECT_EQ(problem("[1, 2j]"), "array_not_number 1:5");
  EXPECT_EQ(problem("1.2.3"), "array_not_number 1:1");
  EXPECT_EQ(problem("hello"), "array_not_number 1:1");
  EXPECT_EQ(problem("é 1"), "array_not_number 1:1");
}

TEST(ArrayText, CountsRaggedRows) {
  const auto result = read_array_text("1 2 3\n4 5 6\n7 8");
  EXPECT_EQ(place_of(result), "array_ragged 3:1");
  EXPECT_EQ(testing::number_of(std::get<Problem>(result), "found"), 2);
  EXPECT_EQ(testing::number_of(std::get<Problem>(result), "expected"), 3);
  EXPECT_EQ(problem("[[1, 2],\n [3]]"), "array_ragged 2:2");
  EXPECT_EQ(problem("[[[1, 2]], [[3, 4], [5, 6]]]"), "array_ragged 1:12");
  EXPECT_EQ(problem("[1 2; 3]"), "array_ragged 1:7");
  EXPECT_EQ(problem("[[1, 2], 3]"), "array_mixed 1:10");
  EXPECT_EQ(problem("[1, [2]]"), "array_mixed 1:5");
  EXPECT_EQ(problem("[[1], [[2]]]"), "array_mixed 1:7");
}

TEST(ArrayText, RefusesAShortenedPrintOut) {
  EXPECT_EQ(problem("[[0 1 2 ... 97 98 99]\n ...\n [1 2 3]]"), "array_ellipsis 1:9");
  EXPECT_EQ(problem("tensor([[0.1, 0.2,  ..., 0.3]])"), "array_ellipsis 1:21");
  EXPECT_EQ(problem("1 2 … 3"), "array_ellipsis 1:5");
  EXPECT_EQ(problem("[1., 2., ..., 3.]"), "array_ellipsis 1:10");
}

TEST(ArrayText, RefusesBracketsThatDoNotClose) {
  EXPECT_EQ(problem("[[1, 2], [3, 4]"), "array_unclosed 1:1");
  EXPECT_EQ(problem("[[1, 2), [3, 4]]"), "array_wrong_bracket 1:7");
  EXPECT_EQ(problem("array([1, 2]"), "array_unclosed 1:6");
  EXPECT_EQ(problem("[1, 2]]"), "array_trailing 1:7");
  EXPECT_EQ(problem("[1,, 2]"), "array_empty_cell 1:4");
  EXPECT_EQ(problem("1\t\t3"), "array_empty_cell 1:3");
  EXPECT_EQ(problem("[]"), "array_empty 1:1");
  EXPECT_EQ(problem(" \n "), "array_empty 1:1");
  EXPECT_EQ(problem(""), "array_empty 1:1");
  EXPECT_EQ(problem("[[[[[1]]]]]"), "array_too_deep 1:5");
  EXPECT_EQ(problem("[1, 2].T"), "array_trailing 1:7");
}

// If every cell searched to the end of its line, this would take minutes.
TEST(ArrayText, LongLinesTakeTimeInProportion) {
  constexpr int kCells = 200'000;
  std::string cells;
  for (int i = 0; i < kCells; ++i) {
    cells += "1,";
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(shape_of(cells).w, kCells);
  EXPECT_EQ(shape_of("[" + cells + "]").w, kCells);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(ArrayText, AnyCutOfAGoodTextIsReadOrRefused) {
  const std::string good = "w = np.array([[1.5, -2e3], [1/3, True]], dtype='f4') / 9\n";
  for (std::size_t begin = 0; begin < good.size(); ++begin) {
    for (std::size_t end = begin; end <= good.size(); ++end) {
      const auto result = read_array_text(std::string_view(good).substr(begin, end - begin));
      EXPECT_TRUE(ok(result) || std::get<Problem>(result).code.starts_with("array_"));
    }
  }
  const std::string deep(100'000, '[');
  EXPECT_EQ(problem(deep), "array_too_deep 1:5");
  std::string calls;
  for (int i = 0; i < 10'000; ++i) {
    calls += "f(";
  }
  EXPECT_EQ(problem(calls), "array_too_deep 1:18");
}

void expect_2x3(const char* text) {
  SCOPED_TRACE(text);
  const auto result = read_array_text(text);
  const PastedArray array = value_of(result);
  EXPECT_EQ(array.tensor.shape(), (Shape{1, 1, 2, 3}));
  const std::vector<float> values(array.tensor.values().begin(), array.tensor.values().end());
  EXPECT_EQ(values, (std::vector<float>{1, -2, 0.5F, 4, 5, 6}));
}

TEST(ArrayText, TablesHaveNamesAboveAndBeforeTheNumbers) {
  expect_2x3("a\tb\tc\n1\t-2\t0.5\n4\t5\t6\n");
  expect_2x3("\ta\tb\tc\nfirst\t1\t-2\t0,5\nsecond\t4\t5\t6");
  expect_2x3("first;1;-2;0,5\nsecond;4;5;6");
  expect_2x3("x, y, z\n1, -2, 0.5\n4, 5, 6");
  expect_2x3("name,x,y,z\n\"one\",1,-2,0.5\n\"two\",4,5,6");
  // As pandas 2 prints a data frame.
  expect_2x3("   0  1    2\n0  1 -2  0.5\n1  4  5  6.0");
  expect_2x3("     a  b    c\n0    1 -2  0.5\n1    4  5  6.0");
  expect_2x3("     a  b    c\nr1   1 -2  0.5\nr2   4  5  6.0");
  expect_2x3("| a | b | c |\n|---|:-:|--:|\n| 1 | -2 | 0.5 |\n| 4 | 5 | 6 |");
  expect_2x3("| | a | b | c |\n|---|---|---|---|\n| one | 1 | -2 | 0.5 |\n| two | 4 | 5 | 6 |\n");
  expect_2x3("1 | -2 | 0.5\n4 | 5 | 6");
  expect_2x3(
      "+---+----+-----+\n| a | b  | c   |\n+---+----+-----+\n| 1 | -2 | 0.5 |\n| 4 | 5  | 6   |\n"
      "+---+----+-----+");
}

TEST(ArrayText, LatexMatrices) {
  expect_2x3("\\begin{pmatrix} 1 & -2 & 0.5 \\\\ 4 & 5 & 6 \\end{pmatrix}");
  expect_2x3(
      "$$\\left[\\begin{array}{ccc}\n1 & -2 & \\frac{1}{2} \\\\\n4 & 5 & 6 "
      "\\\\\n\\end{array}\\right]$$");
  expect_2x3("\\frac{1}{2}\\begin{bmatrix}\n2 & -4 & 1 \\\\\n8 & 10 & 12\n\\end{bmatrix}");
  expect_2x3(
      "\\begin{tabular}{rrr}\n\\hline\n1 & -2 & 0{,}5 \\\\\n\\hline\n4 & 5 & 6 \\\\\n\\hline\n"
      "\\end{tabular}");
}

TEST(ArrayText, WordsAmongTheNumbersAreNoNames) {
  EXPECT_EQ(place_of(read_array_text("1 2\n3 x")), "array_not_number 2:3");
  EXPECT_EQ(place_of(read_array_text("a b\nc d")), "array_not_number 1:1");
  EXPECT_EQ(place_of(read_array_text("1\t2\nx\t3\n4\t5")), "array_not_number 2:1");
  EXPECT_EQ(place_of(read_array_text("a\tb\n1\t2\n3\tx")), "array_not_number 1:1");
  EXPECT_EQ(place_of(read_array_text("\\begin{matrix} 1 & a \\end{matrix}")),
            "array_not_number 1:20");
}

}  // namespace
}  // namespace convscope::imports

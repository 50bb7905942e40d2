#include "core/tensor/problem_of.h"

#include <gtest/gtest.h>

#include <new>
#include <string>

namespace convscope {
namespace {

template <typename Thrown>
Problem caught(const Thrown& thrown) {
  return problem_of(std::make_exception_ptr(thrown));
}

TEST(ProblemOf, EveryExceptionHasOne) {
  const Problem own{"file_missing", "", {{"file", std::string("a.png")}}};
  EXPECT_EQ(caught(Failure(own)), own);
  EXPECT_EQ(caught(std::bad_alloc()).code, "out_of_memory");
  const Problem other = caught(std::runtime_error("why"));
  EXPECT_EQ(other.code, "unexpected");
  EXPECT_EQ(other.values.at(0).second, ProblemValue(std::string("why")));
  EXPECT_EQ(caught(7).code, "unexpected");
}

}  // namespace
}  // namespace convscope

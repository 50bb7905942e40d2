namespace convscope::conv {

struct Twice {
  double second;
};

namespace {

struct Twice2 {};

}  // namespace
}  // namespace convscope::conv

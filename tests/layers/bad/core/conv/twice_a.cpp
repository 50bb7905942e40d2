namespace convscope::conv {

struct Twice {
  int first;
};

}  // namespace convscope::conv

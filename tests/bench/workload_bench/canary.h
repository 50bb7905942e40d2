// On a virtual machine several cores can for seconds be worth only one, without a trace in the
// guest. The canary detects this: the same arithmetic on all of them at once must take no longer
// than on one.
#pragma once

namespace convscope::bench {

// Pins the calling thread to core 0.
class Canary {
 public:
  explicit Canary(int threads);  // measures one core alone

  // Whether all `threads` cores are available now; always true for one thread.
  bool sings() const;

 private:
  int threads_ = 1;
  double alone_ns_ = 0;
};

}  // namespace convscope::bench

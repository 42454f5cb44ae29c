//! Eight doubles at a time, on every CPU: the same steps and roundings with vector instructions of any width.

use pulp::{Scalar512b, WithSimd};

/// Runs an operation with eight lanes: with instructions of 512 bits, with twice those of 256, or with what there is.
#[inline]
pub fn run<Op: WithSimd>(operation: Op) -> Op::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(simd) = pulp::x86::V4::try_new() {
            return pulp::Simd::vectorize(simd, operation);
        }
        if let Some(simd) = pulp::x86::V3::try_new() {
            return run_in_halves(simd, operation);
        }
    }
    run_one_by_one(operation)
}

/// As [`run`] on a CPU without vector instructions that are of use.
#[inline]
pub fn run_one_by_one<Op: WithSimd>(operation: Op) -> Op::Output {
    operation.with_simd(Scalar512b)
}

/// As [`run`] on a CPU with instructions of 256 bits.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn run_in_halves<Op: WithSimd>(simd: pulp::x86::V3, operation: Op) -> Op::Output {
    // Lanes of 512 bits run with half as many if they are asked to run it themselves.
    simd.vectorize(Halves { simd, operation })
}

#[cfg(target_arch = "x86_64")]
struct Halves<Op> {
    simd: pulp::x86::V3,
    operation: Op,
}

#[cfg(target_arch = "x86_64")]
impl<Op: WithSimd> pulp::NullaryFnOnce for Halves<Op> {
    type Output = Op::Output;

    #[inline(always)]
    fn call(self) -> Op::Output {
        self.operation.with_simd(pulp::x86::V3_512b(self.simd))
    }
}

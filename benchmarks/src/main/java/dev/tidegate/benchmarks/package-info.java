/** JMH measurements of the kernels. In: generated histories; out: operations a second. */
package dev.tidegate.benchmarks;

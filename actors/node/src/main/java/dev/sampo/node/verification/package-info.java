/** Signature checks on worker threads, with remembered verdicts. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.verification;

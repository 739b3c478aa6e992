/** Verification of finality and state proofs by somebody who runs no validator (protocol 2.18). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.light;

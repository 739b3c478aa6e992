/**
 * Simplex: notarize, nullify, finalize (protocol 2.1 to 2.9 with amendments W1 to W22, 7.2, 7.3).
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.consensus.simplex;

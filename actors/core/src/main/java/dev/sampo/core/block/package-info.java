/** Blocks, their headers, the cut and certificates (protocol 2.2). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.block;

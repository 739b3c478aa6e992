/** Checks what a node says against the validators' signatures, without trusting the node (2.18). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.light;

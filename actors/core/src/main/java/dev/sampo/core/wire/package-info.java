/** The canonical, strict binary encoding of everything that is hashed, signed, sent or stored. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.wire;

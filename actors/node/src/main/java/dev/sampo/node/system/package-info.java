/** The actor system that a node runs in, and how one is started and ended. */
@NullMarked
package dev.sampo.node.system;

import org.jspecify.annotations.NullMarked;

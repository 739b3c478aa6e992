/** The actors of one node, and how they are wired and supervised. */
@NullMarked
package dev.sampo.node;

import org.jspecify.annotations.NullMarked;

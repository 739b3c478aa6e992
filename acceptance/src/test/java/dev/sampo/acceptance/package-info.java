/** The packaged Sampo as its users run it: processes, signals, sockets and disks. */
@org.jspecify.annotations.NullMarked
package dev.sampo.acceptance;

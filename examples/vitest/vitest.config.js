/** Its own, so that no configuration above it is taken. */
export default {}

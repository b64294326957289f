/**
 * Lua scripts: each runs as one step in Redis. A table is four keys: `values` (hash of JSON by id), `added` and `ended` (ids in the order
 * of being kept and of coming to an end) and `hashes` (id by redirect hash); beside them one list of ids per namespace, `of` + name, and
 * the set of their names, `of`.
 */

const REMOVE = `
local function remove(values, added, ended, hashes, of, id)
  local json = redis.call('HGET', values, id)
  redis.call('HDEL', values, id)
  redis.call('ZREM', added, id)
  redis.call('ZREM', ended, id)
  if not json then return end
  local value = cjson.decode(json)
  if value.hash then redis.call('HDEL', hashes, value.hash) end
  redis.call('ZREM', of .. value.namespace, id)
  if redis.call('EXISTS', of .. value.namespace) == 0 then redis.call('SREM', of, value.namespace) end
end
`

/** KEYS values, added, ended, hashes, of, seq. ARGV id, json, namespace, hash, '1' where it has ended, limit. */
export const ADD = `${REMOVE}
local values, added, ended, hashes, of, seq = unpack(KEYS)
local id, json, namespace, hash, hasEnded, limit = unpack(ARGV)
while redis.call('HLEN', values) >= tonumber(limit) do
  local oldest = redis.call('ZRANGE', ended, 0, 0)[1] or redis.call('ZRANGE', added, 0, 0)[1]
  if not oldest then break end
  remove(values, added, ended, hashes, of, oldest)
end
local n = redis.call('INCR', seq)
redis.call('HSET', values, id, json)
redis.call('ZADD', added, n, id)
redis.call('ZADD', of .. namespace, n, id)
redis.call('SADD', of, namespace)
if hash ~= '' then redis.call('HSET', hashes, hash, id) end
if hasEnded == '1' then redis.call('ZADD', ended, n, id) end
return 1
`

/** Compare and set. KEYS values, ended, seq. ARGV id, before, after, '1' where it ends now. 1 where it was set, 0 where another was faster. */
export const SWAP = `
local values, ended, seq = unpack(KEYS)
local id, before, after, ends = unpack(ARGV)
if redis.call('HGET', values, id) ~= before then return 0 end
redis.call('HSET', values, id, after)
if ends == '1' then redis.call('ZADD', ended, redis.call('INCR', seq), id) end
return 1
`

/** Removes up to 1,000 of a namespace that were kept up to ARGV[2]. KEYS values, added, ended, hashes, of. ARGV namespace, seq. */
export const CLEAR_SOME = `${REMOVE}
local values, added, ended, hashes, of = unpack(KEYS)
local ids = redis.call('ZRANGEBYSCORE', of .. ARGV[1], '-inf', ARGV[2], 'LIMIT', 0, 1000)
for _, id in ipairs(ids) do remove(values, added, ended, hashes, of, id) end
return #ids
`

/** Removes all. KEYS values, added, ended, hashes, of. Answers how many there were. */
export const CLEAR = `
local values, added, ended, hashes, of = unpack(KEYS)
local count = redis.call('HLEN', values)
for _, namespace in ipairs(redis.call('SMEMBERS', of)) do redis.call('UNLINK', of .. namespace) end
redis.call('UNLINK', values, added, ended, hashes, of)
return count
`

/**
 * Compare and set of a record, which also goes into the feed of changes. A stored record is its place in the order, '|' and its JSON.
 * KEYS records, seq, version, feed. ARGV kind, id, before ('' for none), after ('' to remove), limit (0 for none), length of the feed.
 * Answers the new version; -1 where another was faster; -2 where the limit is reached.
 */
export const CHANGE_RECORD = `
local records, seq, version, feed = unpack(KEYS)
local kind, id, before, after, limit, length = unpack(ARGV)
local current = redis.call('HGET', records, id)
local bar = current and string.find(current, '|', 1, true)
if (current and string.sub(current, bar + 1) or '') ~= before then return -1 end
if after == '' then
  redis.call('HDEL', records, id)
else
  local place = current and string.sub(current, 1, bar - 1)
  if not place then
    if tonumber(limit) > 0 and redis.call('HLEN', records) >= tonumber(limit) then return -2 end
    place = redis.call('INCR', seq)
  end
  redis.call('HSET', records, id, place .. '|' .. after)
end
local n = redis.call('INCR', version)
redis.call('XADD', feed, 'MAXLEN', length, n .. '-0', 'kind', kind, 'id', id, 'json', after)
return n
`

/** KEYS stream, dropped. ARGV list, text, namespace, limit. */
export const APPEND = `
local list, text, namespace, limit = unpack(ARGV)
if redis.call('XLEN', KEYS[1]) >= tonumber(limit) then redis.call('HINCRBY', KEYS[2], list, 1) end
redis.call('XADD', KEYS[1], 'MAXLEN', '=', limit, '*', 'namespace', namespace, 'text', text)
return 1
`

/** Removes all of a stream, or what belongs to ARGV[1], and counts that. KEYS stream, cleared. */
export const CLEAR_LOG = `
redis.call('INCR', KEYS[2])
if not ARGV[1] then
  local count = redis.call('XLEN', KEYS[1])
  redis.call('UNLINK', KEYS[1])
  return count
end
local count = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  if entry[2][2] == ARGV[1] then count = count + redis.call('XDEL', KEYS[1], entry[1]) end
end
return count
`

/**
 * Puts staged keys in the place of live ones, and has every process read all records again: the feed has a gap. ARGV prefix, prefix of
 * what is staged, '1' where nothing may be kept yet, kinds of records. Answers 1; 0 where something is kept.
 */
export const REPLACE = `
local live, staged, onlyIfEmpty = ARGV[1], ARGV[2], ARGV[3]
local tables = { 'payments:', 'subscriptions:' }
if onlyIfEmpty == '1' then
  local kept = redis.call('HLEN', live .. 'payments:values') + redis.call('HLEN', live .. 'subscriptions:values')
  for i = 4, #ARGV do kept = kept + redis.call('HLEN', live .. 'records:' .. ARGV[i]) end
  if kept > 0 then return 0 end
end
local function take(name)
  redis.call('UNLINK', live .. name)
  if redis.call('EXISTS', staged .. name) == 0 then return end
  redis.call('RENAME', staged .. name, live .. name)
  redis.call('PERSIST', live .. name)
end
for _, name in ipairs(tables) do
  for _, namespace in ipairs(redis.call('SMEMBERS', live .. name .. 'of:')) do redis.call('UNLINK', live .. name .. 'of:' .. namespace) end
  for _, namespace in ipairs(redis.call('SMEMBERS', staged .. name .. 'of:')) do take(name .. 'of:' .. namespace) end
  for _, key in ipairs({ 'values', 'added', 'ended', 'hashes', 'of:', 'seq' }) do take(name .. key) end
end
local count = 0
for i = 4, #ARGV do
  take('records:' .. ARGV[i])
  count = count + redis.call('HLEN', live .. 'records:' .. ARGV[i])
end
redis.call('INCRBY', live .. 'records:seq', count)
redis.call('INCR', live .. 'records:version')
redis.call('UNLINK', live .. 'records:feed')
return 1
`

/** Lets keys go by themselves after ARGV[1] seconds. */
export const EXPIRE = `
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
return 1
`

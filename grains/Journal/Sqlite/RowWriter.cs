using System.Buffers;
using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>Writes journal rows with one prepared statement. Used by the writing connection only.</summary>
internal sealed class RowWriter(SqliteFile file)
{
    private readonly SqliteStatement _insert = file[
        "INSERT INTO journal(pos, writer, batch, grain, seq, prev_pos, at, kind, key, content_hash, "
        + "extra_keys, actor, rules_version, prev_hash, hash, body) "
        + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"];

    // What the statement holds since the last row: a value stays bound until another takes its place, and
    // most rows of a batch have these in common.
    private string? _kind;
    private string? _actor;
    private string? _rulesVersion;

    public void Write(EntryDraft draft, long pos, long prevPos, int writer, long batch)
    {
        Span<byte> bytes = stackalloc byte[16];
        _insert.Bind(1, pos).Bind(2, writer).Bind(3, batch).Bind(4, draft.Grain).Bind(5, draft.Seq)
            .Bind(6, prevPos).Bind(7, StoredTime.From(draft.At)).Bind(14, draft.PrevHash)
            .Bind(15, draft.Hash).Bind(16, draft.Body.Span);
        BindIfNew(8, draft.Kind, ref _kind);
        BindIfNew(12, draft.Actor, ref _actor);
        BindIfNew(13, draft.RulesVersion, ref _rulesVersion);
        if (draft.Key.IsNone)
        {
            _insert.BindNull(9);
        }
        else
        {
            draft.Key.Write(bytes);
            _insert.Bind(9, bytes);
        }

        if (draft.ContentHash is { } content)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, content);
            _insert.Bind(10, bytes);
        }
        else
        {
            _insert.BindNull(10);
        }

        BindExtraKeys(draft.ExtraKeys);
        _insert.Run();
    }

    private void BindIfNew(int parameter, string text, ref string? bound)
    {
        if (string.Equals(text, bound, StringComparison.Ordinal))
            return;
        bound = null;
        _insert.Bind(parameter, text);
        bound = text;
    }

    private void BindExtraKeys(IReadOnlyList<EventKey> keys)
    {
        if (keys.Count == 0)
        {
            _insert.BindNull(11);
            return;
        }

        var size = EventKey.Size * keys.Count;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        for (var i = 0; i < keys.Count; i++)
            keys[i].Write(buffer.AsSpan(EventKey.Size * i));
        _insert.Bind(11, buffer.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

using System.Text.Json;

namespace MallVip.Grains.Journal;

/// <summary>The journal's first entry: it binds the journal to its server key.</summary>
public static class JournalOpening
{
    private static readonly GrainKey Grain = new(GrainKind.Programme, UInt128.Zero);

    /// <summary>Writes the first entry of an empty journal, or checks the one that is there.</summary>
    /// <exception cref="ServerKeyException">The journal was opened with another key.</exception>
    /// <exception cref="JournalDamagedException">The first entry is no opening.</exception>
    public static async ValueTask EnsureAsync(
        IJournal journal, JournalWriter writer, ServerKey key, DateTimeOffset now)
    {
        if (await VerifyAsync(journal, key))
            return;
        try
        {
            await writer.Append(First(key, now));
        }
        catch (AppendFailedException failure) when (failure.Reason == AppendFailure.OutOfOrder)
        {
            // Another process has opened the journal at this moment.
            if (!await VerifyAsync(journal, key))
                throw;
        }
    }

    /// <summary>Checks the first entry; false when the journal is empty.</summary>
    /// <exception cref="ServerKeyException">The journal was opened with another key.</exception>
    /// <exception cref="JournalDamagedException">The first entry is no opening.</exception>
    public static async ValueTask<bool> VerifyAsync(IJournalReader journal, ServerKey key)
    {
        var page = await journal.TailAsync(TailPosition.Start, 1);
        if (page.Entries.Count == 0)
            return false;
        var found = Fingerprint(page.Entries[0]);
        if (!string.Equals(found, key.Fingerprint, StringComparison.Ordinal))
        {
            throw new ServerKeyException(
                $"The server key is not the journal's: the journal was opened with the key {found}, "
                + $"this one is {key.Fingerprint}.");
        }

        return true;
    }

    private static EntryDraft First(ServerKey key, DateTimeOffset now) => new()
    {
        Grain = Grain,
        Seq = 1,
        At = now,
        Kind = EntryKinds.JournalOpened,
        PrevHash = Hash256.Zero,
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new JournalOpened(key.Fingerprint), JournalOpenedJson.Default.JournalOpened),
    };

    private static string Fingerprint(JournalEntry first)
    {
        if (!string.Equals(first.Kind, EntryKinds.JournalOpened, StringComparison.Ordinal))
            throw new JournalDamagedException(
                $"The journal begins with '{first.Kind}', not with its opening.");
        try
        {
            return JsonSerializer.Deserialize(first.Body.Span, JournalOpenedJson.Default.JournalOpened)!.Key;
        }
        catch (JsonException e)
        {
            throw new JournalDamagedException("The journal's opening cannot be read.", e);
        }
    }
}

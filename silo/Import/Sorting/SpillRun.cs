using System.Text;

namespace MallVip.Silo.Import.Sorting;

/// <summary>A sorted file of items.</summary>
internal sealed class SpillRun<T>
{
    private const int BufferBytes = 64 << 10;

    private readonly string _path;
    private readonly ISpillCodec<T> _codec;
    private readonly long _count;

    private SpillRun(string path, ISpillCodec<T> codec, long count)
    {
        _path = path;
        _codec = codec;
        _count = count;
    }

    public static SpillRun<T> Write(string path, ISpillCodec<T> codec, IEnumerable<T> items)
    {
        using var stream =
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        var count = 0L;
        foreach (var item in items)
        {
            codec.Write(writer, item);
            count++;
        }
        return new SpillRun<T>(path, codec, count);
    }

    public IEnumerable<T> Read()
    {
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        for (var i = 0L; i < _count; i++)
            yield return _codec.Read(reader);
    }

    public void Delete() => File.Delete(_path);

    /// <summary>Merges sorted sequences into one.</summary>
    public static IEnumerable<T> Merge(IEnumerable<IEnumerable<T>> sorted, IComparer<T> order)
    {
        var open = new List<IEnumerator<T>>();
        try
        {
            var next = new PriorityQueue<IEnumerator<T>, T>(order);
            foreach (var sequence in sorted)
            {
                var items = sequence.GetEnumerator();
                open.Add(items);
                if (items.MoveNext())
                    next.Enqueue(items, items.Current);
            }
            while (next.TryPeek(out var items, out var item))
            {
                yield return item;
                if (items.MoveNext())
                    next.DequeueEnqueue(items, items.Current);
                else
                    next.Dequeue();
            }
        }
        finally
        {
            foreach (var items in open)
                items.Dispose();
        }
    }
}

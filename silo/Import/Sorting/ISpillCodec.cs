namespace MallVip.Silo.Import.Sorting;

/// <summary>How items go to a spill file and come back.</summary>
internal interface ISpillCodec<T>
{
    void Write(BinaryWriter writer, T item);

    T Read(BinaryReader reader);

    /// <summary>About the bytes of memory an item holds.</summary>
    long Size(T item);
}
